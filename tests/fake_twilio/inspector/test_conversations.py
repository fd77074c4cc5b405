"""Messages of two numbers are one conversation, whoever wrote them."""

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.conversations import MOST_BUBBLES, Pair, bubbles_of, lines_of
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import make_message
from tests.sending import send


def test_both_directions_are_one_conversation_and_the_newest_stands_first(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio, to="+15550000001")
    fake_twilio.advance("1s")
    send(fake_twilio)
    fake_twilio.advance("1s")
    fake_twilio.receive(RECIPIENT, SENDER, "hi")

    lines = lines_of(fake_twilio.messages)

    assert [(line.pair, line.messages) for line in lines] == [
        (Pair(SENDER, RECIPIENT), 2),
        (Pair(SENDER, "+15550000001"), 1),
    ]
    assert lines[0].newest.body == "hi"


def test_a_conversation_is_told_in_its_order_with_twilios_own_replies(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio, body="Your code is 482913 ✓")
    fake_twilio.advance("1s")
    fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.settle()
    send(fake_twilio, to="+15550000001", body="not here")

    said = bubbles_of(Pair(SENDER, RECIPIENT), fake_twilio.messages, fake_twilio.auto_replies).rows

    assert [(bubble.is_theirs, bubble.message is not None) for bubble in said] == [
        *((False, True), (True, True), (False, False))
    ]
    assert (said[0].segments.encoding, said[0].segments.forced_by, said[0].lifted.codes) == (
        *("UCS-2", ("✓",), ("482913",)),
    )


def test_of_a_long_conversation_the_newest_texts_are_shown() -> None:
    messages = [make_message(created_at=float(at), body=f"number {at}") for at in range(MOST_BUBBLES + 3)]
    pair = Pair(messages[0].sender or "", messages[0].to)

    said = bubbles_of(pair, messages, ())

    assert [said.rows[0].body, said.rows[-1].body] == ["number 3", f"number {MOST_BUBBLES + 2}"]
    assert (len(said.rows), said.left) == (MOST_BUBBLES, 3)
