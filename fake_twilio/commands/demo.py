"""Lives through a day that was made up, so that there is something to see.

The day happens in simulated time on a clock that stands still meanwhile: a fake that began a day ago has reached the
present when it is over, and lives on from there.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from fake_twilio.commands.demo_day import DAY_SECONDS, Act
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.server import FakeTwilio

SCENARIO = str(Path(__file__).with_name("demo_day.yaml"))
SEED = 7670
APP = "https://shop.demo"  # an app of this process; no name is looked up
CALLBACK = f"{APP}/status"
TAKES_SECONDS = 0.2
TWIML = b"<Response><Message>Thank you, a person will read this soon.</Message></Response>"


def live_through(fake: FakeTwilio, day: Iterable[Act]) -> None:
    """Let *day* happen to *fake*, which runs and began when the day did; then its time goes on by itself."""
    fake.mount(APP, shop, takes=TAKES_SECONDS)
    fake.freeze()
    try:
        for act in day:
            _move_to(fake, act.at_seconds)
            _perform(fake, act)
        _move_to(fake, DAY_SECONDS)
    finally:
        fake.thaw()


def shop(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Take what is told: nothing to say to a status, a line of thanks to a customer."""
    is_status = environ["PATH_INFO"] == "/status"
    start_response("204 No Content" if is_status else "200 OK", [] if is_status else [("Content-Type", "text/xml")])
    return [] if is_status else [TWIML]


def _move_to(fake: FakeTwilio, seconds: float) -> None:
    """Let time pass until so many *seconds* after the beginning."""
    left = fake.start_moment + seconds - fake.now
    if left > 0:
        fake.advance(left)


def _perform(fake: FakeTwilio, act: Act) -> None:
    if not act.is_ours:
        fake.receive(act.sender, act.recipient, act.body)
        return
    form = (("To", act.recipient), ("From", act.sender), ("Body", act.body), ("StatusCallback", CALLBACK))
    try:
        fake.submit(form)
    except Refusal:
        return  # who said STOP hears no more: the day goes on
