"""A number is looked up: one request, repeated while it may be, with parts of its own."""

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER, HandClock, ScriptedTransport, answer, message_json
from tests.parts import BASE, gateway
from tests.twilio_sms.test_client import SharedByScope
from twilio_sms.client import Client
from twilio_sms.config import Config
from twilio_sms.errors import (
    AnswerError,
    AuthenticationError,
    BreakerOpenError,
    NoAnswerError,
    RequestError,
    ValidationError,
)
from twilio_sms.lookups import Lookups
from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.metrics import Metric
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.transport.wire import LostAnswer
from twilio_sms.verdict import Phase

FOUND = answer(200, {"valid": True, "phone_number": RECIPIENT, "validation_errors": []})
LOST = LostAnswer(Phase.SENT, "reset")


def _lookups(*script, country: str | None = None, **parts) -> tuple[Lookups, ScriptedTransport]:
    transport, clock = ScriptedTransport(script), HandClock()
    breaker = Breaker(BreakerPolicy(), clock)
    lookups = Lookups(gateway(transport, **parts), breaker, clock, cache_seconds=60, default_country=country)
    return lookups, transport


def _client(*script, **options) -> tuple[Client, ScriptedTransport]:
    transport = ScriptedTransport(script)
    return Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, clock=HandClock(), **options), transport


def test_a_lookup_is_one_request():
    lookups, transport = _lookups(FOUND)

    found = lookups.get(RECIPIENT, ["caller_name"], country_code="US")

    [request] = transport.requests
    assert (request.method, request.url) == ("GET", f"{BASE}/v2/PhoneNumbers/{RECIPIENT}")
    assert request.form == (("Fields", "caller_name"), ("CountryCode", "US"))
    assert (found.valid, found.phone_number) == (True, RECIPIENT)


def test_it_is_asked_once():
    lookups, transport = _lookups(FOUND, FOUND)

    assert lookups.get(RECIPIENT) is lookups.get("+1 (555) 123-4567")
    lookups.forget("+1 (555) 123-4567")
    lookups.get(RECIPIENT)

    assert len(transport.requests) == 2


def test_a_lost_answer_is_asked_for_again():
    lookups, transport = _lookups(LOST, answer(503, {}), FOUND, retry=RetryPolicy())

    assert lookups.get(RECIPIENT).valid
    assert len(transport.requests) == 3


@pytest.mark.parametrize(
    ("came", "error"),
    [
        (answer(401, {"code": 20003, "message": "no"}), AuthenticationError),
        (answer(400, {"code": 20001, "message": "Fields"}), RequestError),
        (LOST, NoAnswerError),
        (answer(200, {"phone_number": RECIPIENT}), AnswerError),
        (answer(200, body=b"<html>"), AnswerError),
    ],
)
def test_what_goes_wrong_has_its_name_and_is_not_kept(came, error):
    lookups, _ = _lookups(came, FOUND)

    with pytest.raises(error):
        lookups.get(RECIPIENT)

    assert lookups.get(RECIPIENT).valid


@pytest.mark.parametrize(
    ("asked", "told"), [(RECIPIENT, "+15557654321"), ("555 123 4567", "+15557654321"), ("+15", "+16")]
)
def test_what_was_told_of_another_number_is_not_taken(asked, told):
    lookups, _ = _lookups(answer(200, {"valid": True, "phone_number": told}))

    with pytest.raises(NoAnswerError, match="about another number"):
        lookups.get(asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("555 123 4567", RECIPIENT), ("1-800-FLOWERS", "+18003569377"), ("\u0665" * 3, RECIPIENT), (RECIPIENT, None)],
)
def test_twilio_may_write_a_number_in_another_way(asked, told):
    lookups, _ = _lookups(answer(200, {"valid": True, "phone_number": told}))

    assert lookups.get(asked).phone_number == told


def test_a_number_in_national_form_is_of_the_clients_country():
    lookups, transport = _lookups(answer(200, {"valid": True, "phone_number": "+447772000001"}), country="GB")

    lookups.get("07772 000001")

    assert transport.requests[0].form == (("CountryCode", "GB"),)


@pytest.mark.parametrize("arguments", [{"number": ""}, {"number": RECIPIENT, "fields": ["x"]}])
def test_what_cannot_be_asked_does_not_leave_the_process(arguments):
    lookups, transport = _lookups()

    with pytest.raises(ValidationError):
        lookups.get(**arguments)

    assert transport.requests == []


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ({}, "https://lookups.twilio.com"),
        ({"edge": "dublin", "region": "ie1"}, "https://lookups.dublin.ie1.twilio.com"),
        ({"base_url": "http://127.0.0.1:1/twilio/"}, "http://127.0.0.1:1/twilio"),
    ],
)
def test_lookups_have_a_host_of_their_own(place, url):
    client, transport = _client(FOUND, **place)

    client.lookup(RECIPIENT)

    assert transport.requests[0].url == f"{url}/v2/PhoneNumbers/{RECIPIENT}"


def test_nothing_is_made_for_who_looks_nothing_up():
    shared, metrics = SharedByScope(), CountingMetrics()
    client, _ = _client(FOUND, shared=shared, metrics=metrics)
    before = set(shared.scopes)

    client.lookup(RECIPIENT)

    assert shared.scopes - before == {f"{ACCOUNT_SID}@https://lookups.twilio.com"}
    assert metrics.value(Metric.BREAKERS, "closed") == 2
    assert metrics.durations(Metric.SEND_LATENCY, "lookup_number", "accepted").count == 1


def test_a_lookup_that_rests_stops_no_message():
    policy = Config(breaker=BreakerPolicy(failures=1), retry=RetryPolicy(max_attempts=1))
    client, _ = _client(answer(503, {}), answer(201, message_json()), config=policy)
    with pytest.raises(Exception, match="503"):
        client.lookup(RECIPIENT)

    with pytest.raises(BreakerOpenError):
        client.lookup(RECIPIENT)

    assert client.messages.send(to=RECIPIENT, from_=SENDER, body="hello").sid


def test_the_limits_of_sending_are_not_asked():
    slow = RateLimits(global_rate=Rate(0.001, 1))
    client, transport = _client(*[FOUND] * 5, config=Config(rate_limits=slow, lookup_cache_seconds=0))

    for _ in range(5):
        client.lookup(RECIPIENT)

    assert len(transport.requests) == 5
