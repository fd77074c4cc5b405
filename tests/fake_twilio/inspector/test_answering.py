"""What an app answers is said in words, and leads to the messages that came of it, and back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug import Request, Response

from fake_twilio.domain.messages.message import Message
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.answering import asked_by, auto_replies_of, replies_of
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER

WORLD = parse_scenario(f"""about: x
numbers: ["{SENDER}"]
inbound: {{url: "https://app.test/sms"}}
rules: [{{then: {{reply: {{body: "Yes!", after: 5s}}}}}}]
defaults: {{timeline: [{{status: sent}}, {{status: delivered}}]}}
""")
Answers = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def answers(fake_twilio: FakeTwilioFixture) -> Iterator[Answers]:
    """Give what says of an app's answer what it asks for."""
    fake_twilio.reset(WORLD)

    def told(content: str, **options: Any) -> list[tuple[str, str]]:
        answer = Response(content, **{"content_type": "text/xml", **options})
        fake_twilio.mount("https://app.test", Request.application(lambda _request: answer))
        fake_twilio.receive(RECIPIENT, SENDER, "hello")
        fake_twilio.settle("1s")
        return [(one.title, one.detail) for delivery in fake_twilio.callbacks for one in asked_by(delivery, 1.0)]

    return told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<Response/>", "with nothing to do"),
        ("<Response><Message>a</Message><Message><Media>/b</Media></Message></Response>", "two"),
        ("<Response><Message>a</Message><Redirect>/next</Redirect></Response>", "a redirect"),
        ("<Response><Redirect/></Response>", "the same"),
    ],
)
def test_an_answer_is_told_by_what_it_asks_for(answers: Answers, content: str, told: str) -> None:
    words = {
        "two": "with a message, then with a message with 1 media",
        "a redirect": "with a message, then to go on at /next",
        "the same": "to go on at the same address",
    }

    assert answers(content)[0] == ("the app answered", words.get(told, told))


@pytest.mark.parametrize("options", [{"status": 500}, {"content_type": "image/png"}])
def test_what_is_no_answer_is_left_to_the_alerts(answers: Answers, options: dict[str, Any]) -> None:
    assert answers("<Response/>", **options) == []


def test_an_answer_of_which_only_the_head_is_kept_is_told_as_such(answers: Answers) -> None:
    assert answers(f"<Response>{' ' * 5000}</Response>") == [("the app answered more than is kept of it", "")]


def test_replies_lead_to_their_pages_in_both_directions(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(WORLD)
    sid = fake_twilio.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "Shall we?"))).sid
    fake_twilio.settle()
    sent, answer = fake_twilio.messages

    (told,) = replies_of(sent, fake_twilio.messages)

    assert (sent.sid, answer.in_reply_to) == (sid, sid)
    assert (told.title, [(link.title, link.url) for link in told.links]) == (
        f"{RECIPIENT} answered",
        [("Yes!", f"/messages/{answer.sid}")],
    )


def test_an_apps_reply_is_told_with_how_far_it_is(answers: Answers, fake_twilio: FakeTwilioFixture) -> None:
    answers("<Response><Message>Thanks</Message></Response>")
    came_in, _ = fake_twilio.messages

    assert [one.title for one in replies_of(came_in, fake_twilio.messages)] == [f"a reply to {RECIPIENT} is delivered"]


def test_twilios_own_reply_is_told_of_the_message_that_it_answers(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(WORLD)
    stop, hello = (fake_twilio.receive(RECIPIENT, SENDER, body) for body in ("STOP", "hello"))

    def told(message: Message | None) -> list[str]:
        assert message is not None
        return [one.detail[:20] for one in auto_replies_of(message, fake_twilio.auto_replies)]

    assert (told(stop), told(hello)) == (["You have successfull"], [])
