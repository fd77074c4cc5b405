"""Opt-outs are told of this pair, each once, with the word or without."""

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.pair_opt_outs import MOST_SHOWN, opt_outs_of
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID

OTHER, POOLED = "+15557654321", "+15005550010"
WORLD = parse_scenario(f"""about: x
numbers: ["{SENDER}", "{POOLED}", "+15005550011"]
services: [{{sid: {SERVICE_SID}, inbound_url: "https://app.test/", numbers: ["{POOLED}", "+15005550011"]}}]
inbound: {{url: "https://app.test/"}}
defaults: {{timeline: []}}
""")


def told(fake: FakeTwilioFixture, sid: str) -> list[tuple[str, str]]:
    message = fake.find(sid)
    assert message is not None
    found = opt_outs_of(message, fake.messages, fake.opt_outs, fake.opt_ins, fake.auto_replies)
    return [(one.title, one.detail) for one in found]


def submitted(fake: FakeTwilioFixture, **changes: str) -> str:
    form = {"To": RECIPIENT, "From": SENDER, "Body": "hello", **changes}
    return fake.submit(tuple(pair for pair in form.items() if pair[1])).sid


def test_the_words_of_this_person_to_this_sender_are_told_before_and_after(fake_twilio: FakeTwilioFixture) -> None:
    for body in ("stop", "START"):
        fake_twilio.receive(RECIPIENT, SENDER, body)
    sid = submitted(fake_twilio)
    for sender, body in ((RECIPIENT, "STOP"), (RECIPIENT, "QUIT"), (RECIPIENT, "HELP"), (OTHER, "STOP")):
        fake_twilio.receive(sender, SENDER, body)

    assert told(fake_twilio, sid) == [
        (f"{RECIPIENT} opted out by stop", ""),
        (f"{RECIPIENT} opted in by START", ""),
        (f"{RECIPIENT} opted out by STOP", ""),
        (f"{RECIPIENT} opted out by QUIT", "Twilio did not reply: it changed nothing"),
    ]


def test_what_was_done_by_hand_is_told_from_the_book(fake_twilio: FakeTwilioFixture) -> None:
    sid = submitted(fake_twilio)
    fake_twilio.opt_out(RECIPIENT, SENDER)
    fake_twilio.opt_out(OTHER, SENDER)

    assert told(fake_twilio, sid) == [
        (
            f"{RECIPIENT} hears nothing more from {SENDER}",
            "by the scenario, by hand, or by a word of which no message was made",
        ),
    ]


def test_an_opt_out_that_was_lifted_by_hand_is_told_with_its_end(fake_twilio: FakeTwilioFixture) -> None:
    sid = submitted(fake_twilio)
    for person in (RECIPIENT, OTHER):
        fake_twilio.opt_out(person, SENDER)
        fake_twilio.opt_in(person, SENDER)
    fake_twilio.opt_in(RECIPIENT, SENDER)  # changes nothing

    assert [title for title, _ in told(fake_twilio, sid)] == [
        f"{RECIPIENT} hears nothing more from {SENDER}",
        f"{RECIPIENT} hears from {SENDER} again",
    ]


def test_a_word_is_told_once_also_if_what_it_did_was_lifted_by_hand(fake_twilio: FakeTwilioFixture) -> None:
    sid = submitted(fake_twilio)
    fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.opt_in(RECIPIENT, SENDER)

    assert [title for title, _ in told(fake_twilio, sid)] == [
        f"{RECIPIENT} opted out by STOP",
        f"{RECIPIENT} hears from {SENDER} again",
    ]


def test_a_word_to_another_number_of_the_service_counts_for_the_service(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(WORLD)
    own = submitted(fake_twilio, From="", MessagingServiceSid=SERVICE_SID)
    other = submitted(fake_twilio)
    for number in (POOLED, "+15005550011"):
        fake_twilio.receive(RECIPIENT, number, "STOP")

    assert [title for title, _ in told(fake_twilio, own)] == [f"{RECIPIENT} opted out by STOP"] * 2
    assert told(fake_twilio, other) == []


def test_the_page_of_a_stop_tells_what_it_did(fake_twilio: FakeTwilioFixture) -> None:
    stop = fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    assert stop is not None

    (one,) = opt_outs_of(
        stop, fake_twilio.messages, fake_twilio.opt_outs, fake_twilio.opt_ins, fake_twilio.auto_replies
    )

    assert (one.title, one.links) == (f"{RECIPIENT} opted out by STOP", ())


def test_of_many_words_the_newest_are_told(fake_twilio: FakeTwilioFixture) -> None:
    sid = submitted(fake_twilio)
    for body in [*["STOP", "START"] * MOST_SHOWN, "QUIT"]:
        fake_twilio.receive(RECIPIENT, SENDER, body)

    shown = told(fake_twilio, sid)
    assert len(shown) == MOST_SHOWN
    assert shown[-1] == (f"{RECIPIENT} opted out by QUIT", "")
