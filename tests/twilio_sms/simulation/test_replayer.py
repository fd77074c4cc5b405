"""Tests of the transport that plays a cassette."""

import json
import threading
from pathlib import Path

import pytest

from twilio_sms.errors import ReplayError, ValidationError
from twilio_sms.simulation.cassette import Answer, Asked, Interaction, JsonValue, write_cassette
from twilio_sms.simulation.replayer import Replayer
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.verdict import Phase

ANN, BOB = "+14155551234", "+14155555678"
ONE, TWO = "+15552000134", "+15552000278"  # they end as Ann's and Bob's do
SM_1, SM_2 = "SM" + "1".rjust(32, "0"), "SM" + "2".rjust(32, "0")


def sent(to: str, sid: str, text: str = "Text 1") -> Interaction:
    return Interaction(Asked("POST", "/M.json", (("To", to), ("Body", text))), Answer(201, {"sid": sid, "to": to}))


TWO_SENT = (sent(ONE, SM_1), sent(TWO, SM_2))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_cassette(tmp_path / "a.json", TWO_SENT)
    return tmp_path / "a.json"


def ask(replayer: Replayer, to: str, body: str = "hello", **more: str) -> Response:
    return replayer.send(Request("POST", "https://h/M.json", "secret", (("To", to), ("Body", body), *more.items())))


def test_the_same_requests_get_the_same_answers_under_the_names_of_now(path: Path) -> None:
    replayer = Replayer(path)

    answers = [json.loads(ask(replayer, to).body) for to in (BOB, ANN)]

    assert answers == [{"sid": SM_1, "to": BOB}, {"sid": SM_2, "to": ANN}]
    replayer.verify()


def test_another_order_is_only_taken_loosely(path: Path) -> None:
    strict, loose = Replayer(path), Replayer(path, "loose")
    strict.send(Request("POST", "https://h/M.json", "", (("To", ANN), ("Body", "x"))))

    answers = [json.loads(ask(loose, to).body) for to in (BOB, ANN)]

    assert answers == [{"sid": SM_2, "to": BOB}, {"sid": SM_1, "to": ANN}]
    with pytest.raises(ReplayError, match="which stood for another value before"):
        ask(strict, BOB, "y")


def test_loosely_numbers_that_end_otherwise_are_taken_in_order(path: Path) -> None:
    loose = Replayer(path, "loose")

    assert json.loads(ask(loose, "+14155550000").body)["sid"] == SM_1


def test_loosely_parameters_may_be_ignored(path: Path) -> None:
    loose = Replayer(path, "loose", ignored=("SendAt",))

    assert ask(loose, ANN, SendAt="2026-05-01T00:00:00Z").status == 201
    with pytest.raises(ReplayError, match=r"closest is .*Attempt: recorded none"):
        ask(loose, BOB, Attempt="2")


def test_what_is_played_is_played_once(path: Path) -> None:
    replayer = Replayer(path)
    ask(replayer, ANN)
    ask(replayer, BOB)

    with pytest.raises(ReplayError, match="every interaction was played"):
        ask(replayer, ANN)


def test_what_was_not_asked_for_is_told(path: Path) -> None:
    replayer = Replayer(path)
    ask(replayer, ANN)

    assert replayer.unused == TWO_SENT[1:]
    with pytest.raises(ReplayError, match=r"1 interactions .* were not asked for: POST /M\.json"):
        replayer.verify()


def test_a_request_that_does_not_fit_uses_nothing_up_and_shows_no_number(path: Path) -> None:
    replayer = Replayer(path)

    with pytest.raises(ReplayError, match=r"next is interactions\[0\], with Attempt") as caught:
        ask(replayer, ANN, Attempt="2")

    assert ANN not in str(caught.value)
    assert "hello" not in str(caught.value)
    assert ask(replayer, ANN).status == 201


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Answer(429, {}, {"retry-after": "2"}), Response(429, {"retry-after": "2"}, b"{}")),
        (Answer(502, "no JSON"), Response(502, {}, b"no JSON")),
        (Answer(201, {}, {}, "cut"), Response(201, {}, b"{}", "cut")),
        (Answer(204), Response(204, {}, b"")),
    ],
)
def test_an_answer_is_what_it_was(tmp_path: Path, outcome: Answer, expected: Response) -> None:
    write_cassette(tmp_path / "a.json", [Interaction(Asked("GET", "/a"), outcome)])

    assert Replayer(tmp_path / "a.json").send(Request("GET", "https://h/a", "")) == expected


def test_an_answer_that_got_lost_gets_lost(tmp_path: Path) -> None:
    write_cassette(tmp_path / "a.json", [Interaction(Asked("GET", "/a"), Phase.OPENING)])

    with pytest.raises(LostAnswer) as caught:
        Replayer(tmp_path / "a.json").send(Request("GET", "https://h/a", ""))
    assert caught.value.phase is Phase.OPENING


@pytest.mark.parametrize(
    ("match", "ignored", "reason"),
    [("exact", (), "'strict' or 'loose'"), ("strict", ("SendAt",), "ignores nothing"), ("loose", "SendAt", "several")],
)
def test_settings_that_make_no_sense_are_refused(path: Path, match, ignored, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Replayer(path, match, ignored=ignored)


def test_many_threads_use_each_interaction_once(tmp_path: Path) -> None:
    write_cassette(tmp_path / "a.json", [sent(ONE, f"SM{n:032x}") for n in range(200)])
    replayer, sids = Replayer(tmp_path / "a.json"), []
    threads = [
        threading.Thread(target=lambda: [sids.append(json.loads(ask(replayer, ANN).body)["sid"]) for _ in range(50)])
        for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(sids) == [f"SM{n:032x}" for n in range(200)]


@pytest.mark.parametrize("body", ["\ud800", {"uri": "/x?a=\ud800"}, {"message": "\ud800"}], ids=["text", "uri", "told"])
def test_half_a_character_that_somebody_wrote_into_the_file_fails_nothing(tmp_path: Path, body: JsonValue) -> None:
    path = tmp_path / "a.json"
    write_cassette(path, [Interaction(Asked("GET", "/x"), Answer(200, body))])

    assert Replayer(path).send(Request("GET", "https://h/x", "Basic secret")).status == 200
