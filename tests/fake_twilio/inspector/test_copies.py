"""What is copied says the same again, whatever stands in it, and does nothing else where it is pasted."""

import os
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from hypothesis import example, given, settings

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.copies import copies_of
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID, make_message
from tests.fake_twilio.inspector.copied import HOSTILE, copied, forms, in_a_shell, in_a_test, in_python

EXAMPLES = 40
TOKEN = "a-token-of-this-test"
SENT = (("To", RECIPIENT), ("From", SENDER), ("Body", "hello"))
# What no argument of the client says differently from how it was given.
READ = ("to", "sender", "service_sid", "body", "media_urls", "status_callback", "validity_seconds", "segments")


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeTwilioFixture]:
    with FakeTwilioFixture("delivered", clock="manual", seed=5) as running:
        yield running


def read(message: Message) -> dict[str, Any]:
    """Return what Twilio read of a request."""
    return {name: getattr(message, name) for name in READ}


def made_by(fake: FakeTwilioFixture, run: Callable[..., object], *arguments: object) -> Message:
    """Return the one message that came of it."""
    before = {message.sid for message in fake.messages}
    run(*arguments)
    (made,) = (message for message in fake.messages if message.sid not in before)
    return made


def options(message: Message) -> tuple[dict[str, str], list[str]]:
    """Return the first value of each option, and all of the one that may have several."""
    return dict(reversed(message.options)), [value for name, value in message.options if name == "PersistentAction"]


def brought_in(line: str) -> None:
    """Do what cURL does with a message that came in, in a shell with these variables."""
    words = shlex.split(os.path.expandvars(line))
    headers = dict(words[place + 1].split(": ", 1) for place, word in enumerate(words) if word == "-H")
    told = words[words.index("--data") + 1].encode()
    requests.post(words[1], told, headers=headers, timeout=5).raise_for_status()


@settings(max_examples=EXAMPLES)
@given(form=forms())
@example(form=(*SENT, ("", "x"), ("x@/etc/passwd", "y"), ("a&To", "z"), ("Body", "\x03\x1b]0;x\x07\r\0")))
def test_a_shell_makes_the_same_request(fake: FakeTwilioFixture, form: Form) -> None:
    message = fake.submit(form)

    again = made_by(fake, in_a_shell, copied(message, fake, "cURL"))

    assert again.form == form
    assert read(again) == read(message)


@settings(max_examples=EXAMPLES)
@given(form=forms())
def test_python_sends_the_same_message(fake: FakeTwilioFixture, form: Form) -> None:
    message = fake.submit(form)

    again = made_by(fake, in_python, copied(message, fake, "Python"))

    assert read(again) == read(message)
    assert options(again) == options(message)


@settings(max_examples=EXAMPLES)
@given(form=forms())
def test_a_test_sends_the_same_message(fake: FakeTwilioFixture, form: Form) -> None:
    message = fake.submit(form)

    again = made_by(fake, in_a_test, copied(message, fake, "pytest"), fake)

    assert read(again) == read(message)
    assert options(again) == options(message)


@pytest.mark.parametrize("body", HOSTILE)
def test_what_a_person_sent_comes_in_again(fake: FakeTwilioFixture, body: str) -> None:
    message = fake.receive(RECIPIENT, SENDER, body, ["https://a.test/it's.png"])
    assert message is not None
    assert [copy.title for copy in copies_of(message, fake)] == ["cURL", "pytest"]

    again = made_by(fake, in_a_test, copied(message, fake, "pytest"), fake)

    assert (again.sender, again.body, again.media_urls) == (RECIPIENT, body, message.media_urls)


def test_a_guarded_fake_is_asked_with_its_token_which_the_copy_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_TWILIO_ADMIN_TOKEN", TOKEN)
    with FakeTwilioFixture(clock="manual", admin_token=TOKEN) as guarded:
        message = guarded.receive(RECIPIENT, SENDER, "hello")
        assert message is not None
        line = copied(message, guarded, "cURL")

        again = made_by(guarded, brought_in, line)

    assert (again.sender, again.body) == (RECIPIENT, "hello")
    assert TOKEN not in line


def test_a_subaccount_is_asked_by_its_own_token(fake: FakeTwilioFixture) -> None:
    login = (fake.account_sid, fake.auth_token)
    made = requests.post(f"{fake.url}/2010-04-01/Accounts.json", auth=login, timeout=5).json()
    url = f"{fake.url}/2010-04-01/Accounts/{made['sid']}/Messages.json"
    sid = requests.post(url, dict(SENT), auth=(made["sid"], made["auth_token"]), timeout=5).json()["sid"]
    message = fake.find(sid)
    assert message is not None

    again = made_by(fake, in_a_shell, copied(message, fake, "cURL"))
    in_python_again = made_by(fake, in_python, copied(message, fake, "Python"))

    assert {again.account_sid, in_python_again.account_sid} == {made["sid"]}


@pytest.mark.parametrize("days", [0, 3], ids=["still to come", "past"])
def test_a_scheduled_message_is_scheduled_as_far_ahead_again(fake_twilio: FakeTwilioFixture, days: int) -> None:
    at = datetime.fromtimestamp(fake_twilio.now, UTC) + timedelta(hours=30)
    with fake_twilio.client() as client:
        sid = client.messages.send(to=RECIPIENT, messaging_service_sid=SERVICE_SID, body="x", send_at=at).sid
    fake_twilio.advance(f"{days}d")
    message = fake_twilio.find(sid)
    assert message is not None

    now = fake_twilio.now

    again = [
        made_by(fake_twilio, in_a_shell, copied(message, fake_twilio, "cURL")),
        made_by(fake_twilio, in_python, copied(message, fake_twilio, "Python")),
        made_by(fake_twilio, in_a_test, copied(message, fake_twilio, "pytest"), fake_twilio),
    ]

    wanted = at.timestamp() if days == 0 else now + 30 * 3600
    assert [one.send_at for one in again[:2]] == [wanted, wanted]
    assert again[2].send_at == again[2].created_at + 30 * 3600


def test_a_message_without_its_text_is_copied_with_another(fake: FakeTwilioFixture) -> None:
    message = fake._world.engine.redact(fake.submit(SENT).sid)

    again = [
        made_by(fake, in_a_shell, copied(message, fake, "cURL")),
        made_by(fake, in_python, copied(message, fake, "Python")),
        made_by(fake, in_a_test, copied(message, fake, "pytest"), fake),
    ]

    assert [one.body for one in again] == ["(redacted)"] * 3


def test_a_message_of_an_account_that_is_there_no_more_has_no_copy(fake: FakeTwilioFixture) -> None:
    message = make_message(account_sid="AC" + "9" * 32)  # as one is that was found just before a reset

    assert copies_of(message, fake) == ()
