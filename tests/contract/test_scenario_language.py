"""The language of scenarios, seen from outside: every key of a rule as a customer's requests meet it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import TEST_ACCOUNT_SID, TEST_AUTH_TOKEN
from tests.fake_twilio.doubles import RECIPIENT, SENDER
from twilio_sms import AmbiguousSendError, RateLimitedError

OTHER = "+15557654321"
SERVICE = "MG" + "0e" * 16
DELIVERED = "defaults: {timeline: [{status: sent, after: 1s}, {status: delivered, after: 1s}]}\n"
PATIENCE = 10.0


class Shop:
    """A customer who sends by plain HTTP, in a world that a scenario describes."""

    def __init__(self, fake: FakeTwilioFixture, text: str, *, seed: int = 1) -> None:
        fake.reset(parse_scenario(f"about: x.\n{text}{'' if 'defaults' in text else DELIVERED}"), seed=seed)
        self.fake = fake
        self.session = requests.Session()
        self.session.auth = (fake.account_sid, fake.auth_token)
        self.account = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}"

    def post(self, to: str = RECIPIENT, **form: Any) -> requests.Response:
        data = {"To": to, "From": SENDER, "Body": "hello", **form}
        return self.session.post(f"{self.account}/Messages.json", data=data, timeout=PATIENCE)

    def codes(self, *recipients: str, **form: Any) -> list[int]:
        """Send to each; return the code of each refusal, 0 for what was taken."""
        return [self.post(to, **form).json().get("code", 0) for to in recipients]

    def get(self, url: str) -> int:
        return self.session.get(url, timeout=PATIENCE).status_code

    def statuses(self) -> list[str]:
        self.fake.settle("1d")
        return [str(message.status) for message in self.fake.messages]


@pytest.fixture
def shop(fake_twilio: FakeTwilioFixture, request: pytest.FixtureRequest) -> Any:
    """Yield what opens a shop in a world."""
    shops: list[Shop] = []

    def opened(text: str, **options: Any) -> Shop:
        shops.append(Shop(fake_twilio, text, **options))
        return shops[-1]

    yield opened
    for each in shops:
        each.session.close()


def rule(when: str, then: str = "refuse: 21610") -> str:
    return f"rules:\n  - {{name: r, when: {{{when}}}, then: {{{then}}}}}\n"


WHENS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "to": ("to: '+1555123*'", {}, {"to": OTHER}),
    "a range": ("to: +15551234000..+15551234999", {}, {"to": OTHER}),
    "from": ("from: '+1500*'", {}, {"From": "+14155550101"}),
    "body": ("body: '*word*'", {"Body": "a word."}, {"Body": "a wor."}),
    "regex": ("body: 're:^[0-9]+$'", {"Body": "123"}, {"Body": "12x"}),
    "service": ("service: 'MG0e*'", {"MessagingServiceSid": SERVICE, "From": None}, {}),
    "number_type": ("number_type: toll_free", {"From": "+18005550101"}, {}),
    "country": ("country: [GB, DE]", {"to": "+447400123456"}, {}),
    "segments": ("segments: 2..", {"Body": "x" * 161}, {"Body": "x" * 160}),
    "segments in emoji": ("segments: 2", {"Body": "\u2713" * 71}, {"Body": "\u2713" * 70}),
    "media": ("media: 1", {"MediaUrl": "https://a.test/x.png"}, {}),
    "two keys": ("to: '+1555*', body: x", {"Body": "x"}, {"Body": "y"}),
}


@pytest.mark.parametrize("name", WHENS)
def test_each_key_of_when_takes_what_is_like_it_and_nothing_else(shop: Any, name: str) -> None:
    when, like, unlike = WHENS[name]
    open_shop = shop(rule(when))

    taken, left = open_shop.post(**like), open_shop.post(**unlike)

    assert (taken.status_code, taken.json()["code"], left.status_code) == (400, 21610, 201)


def test_an_account_is_one_of_the_things_to_ask_for(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    open_shop = shop(rule(f"account: {fake_twilio.account_sid}"))
    made = open_shop.session.post(f"{fake_twilio.url}/2010-04-01/Accounts.json", data={}, timeout=PATIENCE).json()
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{made['sid']}/Messages.json"
    form = {"To": RECIPIENT, "MessagingServiceSid": SERVICE, "Body": "x"}
    sub = requests.post(url, form, auth=(made["sid"], made["auth_token"]), timeout=PATIENCE)

    assert (open_shop.codes(RECIPIENT), sub.status_code) == ([21610], 201)


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("first: 2", [21610, 21610, 0, 0]),
        ("nth: [1, 3]", [21610, 0, 21610, 0]),
        ("every: 2", [0, 21610, 0, 21610]),
        ("probability: 1", [21610] * 4),
    ],
)
def test_turns_are_taken_in_order(shop: Any, when: str, codes: list[int]) -> None:
    assert shop(rule(when)).codes(*[RECIPIENT] * 4) == codes


def test_the_first_two_for_each_recipient_fail(shop: Any) -> None:
    open_shop = shop(rule("first: 2, per: to"))

    assert open_shop.codes(RECIPIENT, OTHER, RECIPIENT, OTHER, RECIPIENT, OTHER) == [21610] * 4 + [0, 0]


def test_probability_takes_about_its_share_and_the_same_for_one_seed(shop: Any) -> None:
    recipients = [f"+1555{number:07}" for number in range(200)]

    first = shop(rule("probability: 0.2"), seed=5).codes(*recipients)
    backwards = shop(rule("probability: 0.2"), seed=5).codes(*reversed(recipients))
    other = shop(rule("probability: 0.2"), seed=6).codes(*recipients)

    assert 20 <= first.count(21610) <= 60
    assert backwards[::-1] == first != other


def test_outcomes_come_about_as_often_as_they_weigh(shop: Any) -> None:
    outcomes = "outcomes: [{weight: 3, timeline: []}, {weight: 1, refuse: 21610}]"

    codes = shop(rule("to: '*'", outcomes)).codes(*[f"+1555{number:07}" for number in range(200)])

    assert 30 <= codes.count(21610) <= 70


def test_a_rule_holds_between_two_times_and_a_phase_for_its_own(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    phase = "phases:\n  - {name: outage, from: 10s, until: 40s, rules: [{then: {refuse: 21211}}]}\n"
    open_shop = shop(phase + rule("between: [5s, 20s]"))
    codes = []

    for _ in range(6):
        codes += open_shop.codes(RECIPIENT)
        fake_twilio.advance("8s")

    assert codes == [0, 21610, 21211, 21211, 21211, 0]


def test_a_scenario_that_takes_over_begins_its_time_and_counts_anew(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    open_shop = shop(rule("first: 1, between: [0s, 10s]"))
    codes = open_shop.codes(RECIPIENT, RECIPIENT)
    fake_twilio.advance("1h")

    fake_twilio.use(fake_twilio.scenario)

    assert codes + open_shop.codes(RECIPIENT, RECIPIENT) == [21610, 0] * 2


def test_messages_live_on_as_they_were_planned_when_another_scenario_takes_over(
    shop: Any, fake_twilio: FakeTwilioFixture
) -> None:
    open_shop = shop(rule("to: '*'", "timeline: [{status: failed, after: 1m, error: 30008}]"))
    open_shop.post()

    fake_twilio.use("delivered")
    open_shop.post()

    assert open_shop.statuses() == ["failed", "delivered"]


@pytest.mark.parametrize(
    ("when", "taken"), [("first: 10", 10), ("nth: [1, 40, 80]", 3), ("every: 8", 10), ("first: 2, per: to", 8)]
)
def test_of_many_threads_exactly_as_many_are_taken(shop: Any, when: str, taken: int) -> None:
    open_shop = shop(rule(when))

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda number: open_shop.codes(f"+1555000000{number % 4}")[0], range(80)))

    assert Counter(codes) == {21610: taken, 0: 80 - taken}


def test_a_timeline_is_lived_and_each_delay_is_drawn_for_its_message(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    steps = (
        "{status: sent, after: 'uniform(1s, 3s)'}, {status: undelivered, after: {empirical: [1s, 2s]}, error: 30005}"
    )
    open_shop = shop(rule("to: '*'", f"timeline: [{steps}]"))
    open_shop.codes(RECIPIENT, OTHER, RECIPIENT)

    assert open_shop.statuses() == ["undelivered"] * 3

    lives = [[change.at for change in message.timeline] for message in fake_twilio.messages]
    assert all(1 <= sent - queued < 3.01 and round(end - sent) in (1, 2) for queued, sent, end in lives)
    assert len({sent - queued for queued, sent, _ in lives}) == 3
    assert {message.error_code for message in fake_twilio.messages} == {30005}


def test_a_refusal_may_be_a_status_alone_and_say_when_to_come_back(shop: Any) -> None:
    refused = shop(rule("to: '*'", "refuse: {status: 503, retry_after: 2500ms}")).post()

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "3")


def test_our_client_reads_a_refusal_and_what_it_says(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    shop(rule("to: '*'", "refuse: {code: 20429, retry_after: 2s}"))

    with fake_twilio.client() as client, pytest.raises(RateLimitedError) as caught:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="x")

    assert (caught.value.code, caught.value.retry_after_seconds) == (20429, 2)


@pytest.mark.parametrize(("commit", "statuses"), [("true", ["delivered"]), ("false", [])])
def test_what_is_committed_before_the_fault_is_delivered(
    shop: Any, fake_twilio: FakeTwilioFixture, commit: str, statuses: list[str]
) -> None:
    open_shop = shop(rule("to: '*'", f"fault: {{kind: reset, commit: {commit}}}"))

    with fake_twilio.client() as client, pytest.raises(AmbiguousSendError):
        client.messages.send(to=RECIPIENT, from_=SENDER, body="x")

    assert open_shop.statuses() == statuses
    assert [(one.sort, one.what) for one in fake_twilio.incidents] == [("fault", "reset")]


def test_a_recipient_replies_after_the_delivery(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    open_shop = shop("numbers: ['+14155550101']\n" + rule("body: '*?'", "reply: {body: 'YES', after: 30s}"))
    open_shop.post(From="+14155550101", Body="come?")

    fake_twilio.settle()

    sent, reply = fake_twilio.messages
    assert (reply.direction, reply.body, reply.sender, reply.to) == ("inbound", "YES", RECIPIENT, "+14155550101")
    assert reply.created_at - sent.updated_at == pytest.approx(30)


def test_who_is_not_delivered_does_not_reply(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    then = "reply: YES, timeline: [{status: failed, error: 30003}]"
    open_shop = shop("numbers: ['+14155550101']\n" + rule("to: '*'", then))
    open_shop.post(From="+14155550101")

    assert open_shop.statuses() == ["failed"]


ANY = "rules:\n  - {request: %s, when: {%s}, then: {refuse: {code: 20429, retry_after: 2s}}}\n"


def test_a_rule_about_any_request_meets_every_route_but_the_fakes_own(
    shop: Any, fake_twilio: FakeTwilioFixture
) -> None:
    open_shop = shop(ANY % ("any", "probability: 1"))
    lookup = f"{fake_twilio.url}/v2/PhoneNumbers/{RECIPIENT}"

    assert open_shop.post().status_code == 429
    assert [open_shop.get(url) for url in (f"{open_shop.account}/Messages.json", lookup)] == [429, 429]
    assert requests.get(lookup, timeout=PATIENCE).status_code == 429  # before it is known who asks
    assert open_shop.get(f"{fake_twilio.url}/_fake/openapi.json") == 200
    assert fake_twilio.messages == ()


@pytest.mark.parametrize(
    ("fault", "made"),
    [("reset_before_reading", 0), ("reset", 0), ("garbage", 1), ("half_body", 1), ("malformed_json", 1)],
)
def test_a_fault_of_any_request_leaves_a_message_only_where_the_answer_is_damaged(
    shop: Any, fake_twilio: FakeTwilioFixture, fault: str, made: int
) -> None:
    open_shop = shop(f"rules: [{{request: any, when: {{first: 1}}, then: {{fault: {fault}}}}}]\n")

    with pytest.raises(requests.RequestException):
        open_shop.post().json()

    assert len(fake_twilio.messages) == made
    assert open_shop.post().status_code == 201


def test_a_fault_hides_the_refusal_it_stands_with(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    open_shop = shop(rule("to: '*'", "fault: {kind: html, status: 504}, refuse: 21610"))

    answer = open_shop.post()

    assert (answer.status_code, "21610" in answer.text, fake_twilio.messages) == (504, False, ())


def test_a_rule_about_reading_lets_writing_be(shop: Any) -> None:
    open_shop = shop(ANY % ("read", "first: 1"))
    listing = f"{open_shop.account}/Messages.json"

    assert (open_shop.post().status_code, open_shop.get(listing), open_shop.get(listing)) == (201, 429, 200)


def test_every_tenth_request_is_refused_whatever_it_is(shop: Any) -> None:
    open_shop = shop(ANY % ("any", "every: 10"))
    listing = f"{open_shop.account}/Messages.json"

    seen = [open_shop.get(listing) if number % 2 else open_shop.post().status_code for number in range(20)]

    assert [number for number, status in enumerate(seen, 1) if status == 429] == [10, 20]


def test_test_credentials_meet_no_rule_about_messages(shop: Any, fake_twilio: FakeTwilioFixture) -> None:
    shop(rule("to: '*'"))
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{TEST_ACCOUNT_SID}/Messages.json"
    form = {"To": RECIPIENT, "From": SENDER, "Body": "x"}

    assert requests.post(url, form, auth=(TEST_ACCOUNT_SID, TEST_AUTH_TOKEN), timeout=PATIENCE).status_code == 201


@pytest.mark.parametrize("then", ["refuse: 21610", "refuse: {status: 503}", "fault: reset", "fault: {latency: 600s}"])
def test_what_a_reply_meets_does_not_break_the_conversation(
    shop: Any, fake_twilio: FakeTwilioFixture, then: str
) -> None:
    inbound = "numbers: ['+14155550101']\ninbound: {url: 'https://app.test/sms'}\n"
    shop(inbound + rule("body: 'first'", then))
    twiml = "<Response><Message>first</Message><Message>second</Message></Response>"
    fake_twilio.mount("https://app.test", Response(twiml, content_type="text/xml"))

    fake_twilio.receive(RECIPIENT, "+14155550101", "hello")
    fake_twilio.settle()

    replies = [message.body for message in fake_twilio.messages if message.direction == "outbound-reply"]
    assert replies == (["second"] if "refuse" in then else ["first", "second"])
    assert len(fake_twilio.alerts) == ("refuse" in then)
