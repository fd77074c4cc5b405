"""A shop's day, made up: who writes what to whom, and when.

Codes come all day, most of them in the evening; parcels in the forenoon, appointments in the afternoon, a campaign at
once at noon. Some people answer, some ask not to hear from it again. The same seed makes the same day.
"""

from collections.abc import Iterator
from typing import NamedTuple

from faker import Faker

from fake_twilio.faker_provider import TwilioProvider

DAY_SECONDS = 86_400.0
HOUR_SECONDS = 3_600
CODES, SHOP, CAMPAIGN = "+16505550100", "+16505550110", "+16505550120"  # the shop's numbers
CODES_SENT, PARCELS, APPOINTMENTS, CAMPAIGN_SENT = 150, 90, 60, 120
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")  # Faker's own day depends on today's date
LATE_HOUR = 23  # until when something begins, so that it ends within the day


class Act(NamedTuple):
    """Somebody writes: the shop if *is_ours*, else one of its customers."""

    at_seconds: float  # since the day began
    is_ours: bool
    sender: str
    recipient: str
    body: str


def day_of(seed: int) -> tuple[Act, ...]:
    """Return the day of *seed*, in the order of time."""
    made = Faker("en_US")
    made.seed_instance(seed)
    made.add_provider(TwilioProvider)
    acts = (*_codes(made), *_parcels(made), *_appointments(made), *_campaign(made), *_conversation(made))
    return tuple(sorted(acts, key=lambda act: act.at_seconds))


def _codes(made: Faker) -> Iterator[Act]:
    for _ in range(CODES_SENT):
        at = max(_moment(made, 0, LATE_HOUR), _moment(made, 0, LATE_HOUR))
        code = made.numerify("%#####")
        yield _ours(at, CODES, made.e164(), f"{code} is your code for Corner Shop. It is valid for ten minutes.")


def _parcels(made: Faker) -> Iterator[Act]:
    for _ in range(PARCELS):
        at, customer = _moment(made, 7, 12), made.e164()
        link = f"https://shop.demo/t/{made.bothify('??####').upper()}"
        text = f"Hi {made.first_name()}, your parcel comes today by {made.street_name()}. Follow it: {link}"
        yield _ours(at, SHOP, customer, text)
        if made.boolean(15):
            yield _theirs(at + made.random_int(60, 3_000), customer, SHOP, _asked(made))


def _asked(made: Faker) -> str:
    return str(made.random_element(("Thanks!", "Please leave it at the door", "Who is this?", "👍", "HELP")))


def _appointments(made: Faker) -> Iterator[Act]:
    for _ in range(APPOINTMENTS):
        at, customer = _moment(made, 13, 18), made.e164()
        day, hour = made.random_element(WEEKDAYS), made.random_int(9, 17)
        yield _ours(at, SHOP, customer, f"{made.first_name()}, we see you on {day} at {hour}:00. Reply YES to confirm.")
        if made.boolean(40):
            answer = str(made.random_element(("YES", "Yes", "yes please", "NO", "Can we make it later?")))
            yield _theirs(at + made.random_int(30, 5_000), customer, SHOP, answer)


def _campaign(made: Faker) -> Iterator[Act]:
    for number in range(CAMPAIGN_SENT):
        at, customer = 12 * HOUR_SECONDS + number * 2.0, made.e164()
        name = made.first_name()
        text = f"{name}, 20% off everything until Sunday at Corner Shop ☕ Reply STOP to hear no more."
        yield _ours(at, CAMPAIGN, customer, text)
        if made.boolean(8):
            yield _theirs(at + made.random_int(20, 3_000), customer, CAMPAIGN, "STOP")


def _conversation(made: Faker) -> Iterator[Act]:
    """Yield one customer's talk with the shop, late in the day."""
    customer, name, at = made.e164(), made.first_name(), 19.0 * HOUR_SECONDS
    lines = (
        "Hello, I ordered a lamp and got a kettle",
        f"Sorry about that, {name}! Could you send us the number of your order?",
        f"It is {made.numerify('%####-##')}",
        "Thank you. The lamp leaves today, and you may keep the kettle.",
        "That is very kind 🙏",
    )
    for number, line in enumerate(lines):
        written = _ours(at, SHOP, customer, line) if number % 2 else _theirs(at, customer, SHOP, line)
        yield written._replace(at_seconds=at + number * 75.0)


def _ours(at_seconds: float, sender: str, recipient: str, body: str) -> Act:
    return Act(at_seconds, is_ours=True, sender=sender, recipient=recipient, body=body)


def _theirs(at_seconds: float, sender: str, recipient: str, body: str) -> Act:
    return Act(at_seconds, is_ours=False, sender=sender, recipient=recipient, body=body)


def _moment(made: Faker, first_hour: int, last_hour: int) -> float:
    """Return a moment between two hours of the day, in seconds."""
    return made.random_int(first_hour * HOUR_SECONDS * 1000, last_hour * HOUR_SECONDS * 1000) / 1000
