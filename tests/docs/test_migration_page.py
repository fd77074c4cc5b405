"""The page about the official SDK: both sides of each pair run, and come to the same."""

import re
from importlib import import_module, metadata
from xml.etree import ElementTree

import pytest
import requests
import twilio.base.exceptions
from twilio.http.http_client import TwilioHttpClient

import twilio_sms
from fake_twilio.domain.messages.message import Message
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.docs.pages import examples, page, run
from twilio_sms import MockClient
from twilio_sms.errors import TwilioError

PAGE = page("docs/migration.md")
EXAMPLES = examples("docs/migration.md")
ALIKE = ["send", "schedule", "change", "refused", "lookup"]
ROWS = re.findall(r"^\| `((?:refuse|fault): [^`]+)` \| `([\w.]+)` \| `(\w+)`[^|]* \| (yes|no) \|$", PAGE, re.MULTILINE)
REST = "defaults: {timeline: [{status: sent, after: 1s}, {status: delivered, after: 1s}]}"


def outcome(fake: FakeTwilioFixture, scenario: str, side: str, name: str) -> tuple[str, list[Message]]:
    """Run one side of a pair in a world of its own; return what it prints and leaves behind."""
    fake.reset(scenario, clock=fake.clock_kind, seed=7, start=fake.start_moment)
    printed = run(EXAMPLES[f"{side}_client"] + EXAMPLES[f"{side}_{name}"])
    return printed, list(fake.messages)


def told(messages: list[Message]) -> list[tuple[object, ...]]:
    return [(m.sid, m.to, m.sender, m.body, m.status, m.status_callback, m.service_sid) for m in messages]


@pytest.mark.parametrize("name", ALIKE)
def test_both_sides_print_and_send_the_same(fake_twilio: FakeTwilioFixture, name: str) -> None:
    theirs, sent_by_sdk = outcome(fake_twilio, "delivered", "sdk", name)
    ours, sent_by_us = outcome(fake_twilio, "delivered", "ours", name)

    assert ours.split() == theirs.split() != []
    assert told(sent_by_us) == told(sent_by_sdk)


@pytest.mark.fake_twilio(clock="instant")
@pytest.mark.parametrize("side", ["sdk", "ours"])
def test_both_sides_wait_until_it_is_delivered(fake_twilio: FakeTwilioFixture, side: str) -> None:
    assert outcome(fake_twilio, "delivered", side, "wait")[0] == "delivered\n"


def test_both_sides_sign_alike_and_say_the_same_in_their_answers() -> None:
    (judged, theirs), (ours_judged, ours) = (run(EXAMPLES[f"{side}_webhook"]).splitlines() for side in ("sdk", "ours"))

    assert ours_judged == judged
    assert judged.endswith("= True False")
    assert spoken(ours) == spoken(theirs) == ["Order 17 is packed."]


def spoken(twiml: str) -> list[str]:
    """Return the text of each message of a document."""
    return ["".join(message.itertext()) for message in ElementTree.fromstring(twiml.encode()).iter("Message")]


def test_a_lost_answer_is_two_messages_there_and_one_here(fake_twilio: FakeTwilioFixture) -> None:
    _, sent_by_sdk = outcome(fake_twilio, "stored_but_reset", "sdk", "lost")
    found, sent_by_us = outcome(fake_twilio, "stored_but_reset", "ours", "lost")

    assert (len(sent_by_sdk), len(sent_by_us), found) == (2, 1, "accepted\n")
    assert "two messages above, one below" in PAGE


def test_both_clients_read_what_the_other_one_sent(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["both"]) == "from the SDK | from here\n"


def world(then: str) -> str:
    return f"about: Twilio does that.\nrules: [{{then: {{{then}}}}}]\n{REST}\n"


@pytest.mark.parametrize(("then", "theirs", "ours", "repeatable"), ROWS, ids=[row[0] for row in ROWS])
def test_each_row_of_the_exceptions_is_so(
    fake_twilio: FakeTwilioFixture, then: str, theirs: str, ours: str, repeatable: str
) -> None:
    fake_twilio.use(parse_scenario(world(then)))
    message = {"to": "+15551234567", "from_": "+15005550006", "body": "hello"}
    retrying = twilio_sms.Config(retry=twilio_sms.RetryPolicy(base_seconds=0.001))

    with pytest.raises(Exception) as by_sdk:  # noqa: PT011 - the row says which
        fake_twilio.sdk().messages.create(**message)
    with fake_twilio.client(config=retrying) as client, pytest.raises(TwilioError) as by_us:
        client.messages.send(**message)

    assert type(by_sdk.value) is named(theirs)
    assert type(by_us.value) is getattr(twilio_sms, ours)
    assert by_us.value.repeatable is (repeatable == "yes")


def named(path: str) -> object:
    """Return the class that the page writes as *path*."""
    module, _, name = path.rpartition(".")
    return getattr(import_module(module) if module else twilio.base.exceptions, name)


def test_each_error_that_a_refusal_becomes_stands_in_the_table() -> None:
    of_a_send = set(twilio_sms.errors.ApiError.__subclasses__())
    elsewhere = {
        "NotProcessedError",
        "ServerError",
        "ConflictError",
    }  # not of Twilio's messages, of a read, of a change

    assert {kind.__name__ for kind in of_a_send} - elsewhere <= {row[2] for row in ROWS}


def test_where_nobody_answers_ours_proves_that_nothing_was_sent(fake_twilio: FakeTwilioFixture) -> None:
    nowhere = "http://127.0.0.1:9"
    sdk = fake_twilio.sdk()
    sdk.api.base_url = nowhere
    message = {"to": "+15551234567", "from_": "+15005550006", "body": "hello"}

    with pytest.raises(requests.exceptions.ConnectionError):
        sdk.messages.create(**message)
    once = twilio_sms.Config(retry=twilio_sms.RetryPolicy(max_attempts=1))
    with fake_twilio.client(base_url=nowhere, config=once) as client, pytest.raises(twilio_sms.ConnectionFailedError):
        client.messages.send(**message)


def test_a_refused_page_has_no_code_there_and_has_one_here(fake_twilio: FakeTwilioFixture) -> None:
    rule = "rules: [{request: read, then: {refuse: 20003}}]"
    fake_twilio.use(parse_scenario(f"about: Nobody may read.\n{rule}\n{REST}\n"))

    with pytest.raises(twilio.base.exceptions.TwilioException) as by_sdk:
        fake_twilio.sdk().messages.list(limit=1)
    with fake_twilio.client() as client, pytest.raises(twilio_sms.AuthenticationError) as by_us:
        list(client.messages.list(limit=1))

    assert not hasattr(by_sdk.value, "code")
    assert by_us.value.code == 20003


def test_the_sdk_raises_for_a_missing_signature_and_ours_does_not() -> None:
    from twilio.request_validator import RequestValidator

    with pytest.raises(TypeError):
        RequestValidator("12345").validate("https://shop.test/sms", {}, None)  # type: ignore[arg-type] # a stranger's

    assert twilio_sms.RequestValidator("12345").validate("https://shop.test/sms", {}, None) is False


def test_the_settings_of_the_page_are_the_defaults() -> None:
    config = twilio_sms.Config()
    waits = config.timeouts

    assert f"| {waits.connect_seconds:g} s to connect, {waits.read_seconds:g} s for the next bytes, " in PAGE
    assert f", {waits.total_seconds:g} s for the whole call" in PAGE
    assert f"at most {config.retry.max_attempts} attempts" in PAGE
    assert f"a circuit breaker, {config.breaker.open_seconds:g} s" in PAGE
    assert (config.rate_limits.global_rate, config.rate_limits.recipient_rate) == (
        twilio_sms.Rate(10, 30),
        twilio_sms.Rate(1, 3),
    )


def test_the_sdk_waits_for_ever_and_needs_what_the_page_says() -> None:
    needed = {re.split(r"[<>=]", line)[0] for line in metadata.requires("twilio") or ()}

    assert TwilioHttpClient().timeout is None
    assert f"| depends on | {', '.join(sorted(needed, key=PAGE.index))} | requests, urllib3 |" in PAGE


def test_the_sdk_logs_a_whole_number_and_ours_does_not(
    fake_twilio: FakeTwilioFixture, caplog: pytest.LogCaptureFixture
) -> None:
    logged = []
    for client in (fake_twilio.sdk(), fake_twilio.client()):
        caplog.clear()
        with caplog.at_level("INFO"):
            list(client.messages.list(to="+15551234567", limit=1))
        logged.append("15551234567" in caplog.text)

    assert logged == [True, False]


def test_an_opt_out_is_learned_from_a_refusal() -> None:
    mock = MockClient()
    mock.expect_send("+15551234567").simulate_failure(twilio_sms.OptedOutError)

    for kind in (twilio_sms.OptedOutError, twilio_sms.LocalOptOutError):
        with pytest.raises(kind):
            mock.messages.send(to="+15551234567", from_="+15005550006", body="hello")


def test_every_example_is_run() -> None:
    theirs = ["sdk_client", "sdk_send", "sdk_schedule", "sdk_change", "sdk_wait", "sdk_refused", "sdk_lost"]
    ours = ["ours_client", "ours_send", "ours_schedule", "ours_change", "ours_wait", "ours_refused", "ours_lost"]
    rest = ["sdk_lookup", "ours_lookup", "sdk_webhook", "ours_webhook", "both"]

    assert sorted(EXAMPLES) == sorted(theirs + ours + rest)
