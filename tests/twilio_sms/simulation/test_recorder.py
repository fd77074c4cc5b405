"""Tests of the transport that records, against the fake and against a script."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, ScriptedTransport, answer, message_json
from twilio_sms.client import Client
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    InvalidRecipientError,
    RateLimitedError,
    ReplayError,
    TwilioError,
    ValidationError,
)
from twilio_sms.simulation.cassette import read_cassette
from twilio_sms.simulation.manual_clock import ManualClock
from twilio_sms.simulation.recorder import Recorder, cassette
from twilio_sms.simulation.replayer import Replayer
from twilio_sms.transport.wire import LostAnswer, Request, Transport
from twilio_sms.verdict import Phase

ANN, WRONG, SENDER = "+14155551234", "+15550300000", "+15005550006"
SEND = Request("POST", "https://h/M.json", "Basic secret", (("To", ANN), ("Body", "hello")))


def client(transport: Transport, url: str = "https://nobody.invalid") -> Client:
    return Client(ACCOUNT_SID, AUTH_TOKEN, base_url=url, transport=transport, clock=ManualClock())


def story(client: Client) -> list[object]:
    """Do one of each thing; return what an app sees of it."""
    first = client.messages.send(to=ANN, from_=SENDER, body="Dear Ann")
    seen: list[object] = [first.to, first.from_, first.body, first.status, first.num_segments]
    with pytest.raises(InvalidRecipientError) as refused:
        client.messages.send(to=WRONG, from_=SENDER, body="Dear Ann")
    listed = list(client.messages.list(to=ANN))
    got = client.messages.get(first.sid)
    return [*seen, refused.value.code, [each.to for each in listed], got.sid == first.sid, got.body]


@pytest.mark.fake_twilio(scenario="invalid_number")
def test_what_is_recorded_is_played_without_anybody_there(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with fake_twilio.client(transport=Recorder(path)) as recording:
        then = story(recording)

    with client(Recorder(path)) as replaying:
        now = story(replaying)

    assert now == then
    text = path.read_text()
    assert [each for each in (ANN, WRONG, "Ann", fake_twilio.auth_token, fake_twilio.account_sid) if each in text] == []
    assert "uthorization" not in text


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ([LostAnswer(Phase.SENT, "gone")], AmbiguousSendError),
        ([answer(429, {"code": 20429}, retry_after="1")] * 3, RateLimitedError),
        ([answer(201, body=b"<html>")], AcceptedWithoutSidError),
        ([answer(201, message_json(), damage="cut")], AcceptedWithoutSidError),
        ([answer(502, body=b"<html>")], AmbiguousSendError),
    ],
)
def test_a_failure_happens_again(tmp_path: Path, script: list, kind: type[TwilioError]) -> None:
    path = tmp_path / "a.json"
    for is_recording in (True, False):
        transport = Recorder(path, ScriptedTransport(script))
        assert transport.is_recording is is_recording
        with client(transport) as caller, pytest.raises(kind):
            caller.messages.send(to=ANN, from_=SENDER, body="hello")


def test_once_records_once(tmp_path: Path) -> None:
    first, second = (Recorder(tmp_path / "a.json", ScriptedTransport([answer(204)])) for _ in range(2))
    assert (first.is_recording, second.is_recording) == (True, True)

    first.send(SEND)
    first.close()

    third = Recorder(tmp_path / "a.json")
    assert not third.is_recording
    assert third.send(SEND).status == 204
    third.verify()


def test_all_records_anew_and_none_never(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(ReplayError, match="record it first"):
        Recorder(path, mode="none")
    for status in (201, 204):
        recorder = Recorder(path, ScriptedTransport([answer(status, {})]), "all")
        recorder.send(SEND)
        recorder.close()

    assert Recorder(path, mode="none").send(SEND).status == 204


def test_what_was_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    recorder = Recorder(path, ScriptedTransport([answer(204)]), "all")

    recorder.send(SEND)

    assert path.read_text() == "old"


def test_who_asked_nothing_writes_nothing(tmp_path: Path) -> None:
    inner = ScriptedTransport([])

    Recorder(tmp_path / "a.json", inner).close()

    assert inner.is_closed
    assert list(tmp_path.iterdir()) == []


class Stuck(ScriptedTransport):
    """Cannot be closed."""

    def close(self) -> None:
        raise ConnectionResetError


def test_what_cannot_be_closed_does_not_cost_the_recording(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.json", Stuck([answer(204)]))
    recorder.send(SEND)

    with pytest.raises(ConnectionResetError):
        recorder.close()

    assert len(read_cassette(tmp_path / "a.json")) == 1


def test_a_child_leaves_the_file_to_its_parent(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    recorder = Recorder(path, ScriptedTransport([answer(204)]))
    recorder.send(SEND)

    child = os.fork()
    if child == 0:
        recorder.close()
        os._exit(0)
    os.waitpid(child, 0)

    assert not path.exists()
    recorder.close()
    assert len(read_cassette(path)) == 1


def test_the_front_gives_the_right_transport(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    recording = cassette(path, inner=ScriptedTransport([answer(204)]))
    assert isinstance(recording, Recorder)
    recording.send(SEND)
    recording.close()

    assert isinstance(cassette(path, "none"), Replayer)
    assert cassette(path).unused != ()


@pytest.mark.parametrize("path", [None, 7, b"a.json", "", " "])
@pytest.mark.parametrize("play", [Recorder, Replayer, cassette])
def test_what_is_no_path_is_refused_at_once(play, path) -> None:
    with pytest.raises(ValidationError, match="path must be a text such as"):
        play(path)


def test_another_mode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="'once', 'all' or 'none'"):
        Recorder(tmp_path / "a.json", mode="new")  # type: ignore[arg-type] # on purpose


@pytest.mark.parametrize("number", ["4155551234", "1800FLOWERS", "031234"], ids=["national", "letters", "short"])
def test_a_number_that_is_not_in_e164_form_stays_off_the_disk_and_can_be_played(tmp_path: Path, number: str) -> None:
    asked = Request("GET", f"https://h/v2/PhoneNumbers/{number}", "Basic secret")
    recorder = Recorder(tmp_path / "a.json", ScriptedTransport([answer(200, {"valid": True})]))

    recorder.send(asked)
    recorder.close()

    assert number not in (tmp_path / "a.json").read_text()
    assert Replayer(tmp_path / "a.json").send(asked).status == 200


def test_half_of_a_surrogate_pair_in_one_answer_does_not_cost_the_recording(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.json", ScriptedTransport([answer(400, body=b'{"message": "\\ud83d no"}')]))

    recorder.send(SEND)
    recorder.close()

    assert Replayer(tmp_path / "a.json").send(SEND).body == b'{"message": "\\ud83d no"}'


_texts = st.text(st.characters(), max_size=8) | st.text("\ud800/?=&+%a1", max_size=12).map("/".__add__)
_names = st.sampled_from(["uri", "next_page_uri", "message", "status", "to", "sid", "subresource_uris"]) | _texts
_leaves = _texts | st.integers() | st.floats() | st.none()
_trees = st.recursive(_leaves, lambda inner: st.dictionaries(_names, inner), max_leaves=10)


@given(tree=st.dictionaries(_names, _trees, min_size=1))
@example(tree={"uri": "/x?\ud800=1"})
def test_no_answer_fails_a_send_that_had_its_effect(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    path = tmp_path_factory.mktemp("cassettes") / "a.json"
    taken = answer(201, body=json.dumps(tree).encode())
    recorder = Recorder(path, ScriptedTransport([taken]))

    received = recorder.send(SEND)
    recorder.close()

    assert received is taken
    assert Replayer(path).send(SEND).status == 201


@pytest.mark.parametrize("depth", [65, 500, 900, 100_000])
def test_an_answer_of_endless_depth_does_not_fail_a_send_that_had_its_effect(tmp_path: Path, depth: int) -> None:
    deep = answer(201, body=b'{"a":' * depth + b"1" + b"}" * depth)
    recorder = Recorder(tmp_path / "a.json", ScriptedTransport([deep]))

    received = recorder.send(SEND)
    recorder.close()

    assert received is deep
    assert Replayer(tmp_path / "a.json").send(SEND).status == 201


@pytest.mark.parametrize("path", [None, 5, b"a.json", "a\0.json"], ids=["none", "number", "bytes", "nul"])
@pytest.mark.parametrize("kind", [Recorder, Replayer])
def test_what_is_no_path_is_refused(kind: Any, path: object) -> None:
    with pytest.raises(ValidationError, match="path must be a text"):
        kind(path)
