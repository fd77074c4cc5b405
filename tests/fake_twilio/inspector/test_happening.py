"""What happened is known by itself, and leads to where more is told."""

from fake_twilio.inspector.happening import Happening, Link, page_of, said_in
from tests.fake_twilio.doubles import make_message


def test_a_happening_is_known_by_what_it_is_when_and_what_it_says() -> None:
    first = Happening(1.0, "status", "sent", "a detail")

    assert first.key == Happening(1.0, "status", "sent", "another").key
    assert (
        len({first.key, first._replace(at=2.0).key, first._replace(title="x").key, first._replace(kind="x").key}) == 4
    )


def test_a_message_has_a_page_of_the_fake_and_an_error_one_of_twilio() -> None:
    assert page_of("SM1", "it") == Link("it", "/messages/SM1")
    assert not page_of("SM1", "it").leads_away
    assert Link("it", "https://a.test/").leads_away


def test_a_text_is_said_by_its_beginning() -> None:
    assert said_in(make_message(body="x" * 61)) == "x" * 60 + "…"
    assert said_in(make_message(body="x" * 60)) == "x" * 60
    assert said_in(make_message(body="")) == "(no text)"
