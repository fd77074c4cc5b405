"""One run of a command against a fake."""

import os
import sys

import pytest

from fake_twilio.shrinking.trial import Result, Trials

WORLD = "about: one is refused\nrules: [{when: {body: no}, then: {refuse: 21610}}]\ndefaults: {timeline: []}\n"
SEND = (
    "from twilio_sms import Client; "
    "Client.from_env().messages.send(to='+15551230000', from_='+15005550006', body={body!r})"
)


def trials(code: str, timeout_seconds: float = 30.0) -> Trials:
    return Trials(command=(sys.executable, "-c", code), seed=7, timeout_seconds=timeout_seconds)


@pytest.mark.parametrize(("body", "result"), [("yes", Result.FINE), ("no", Result.BROKEN)])
def test_a_command_meets_the_scenario(body: str, result: Result) -> None:
    assert trials(SEND.format(body=body)).of(WORLD) is result


def test_a_command_that_does_not_end_is_ended() -> None:
    assert trials("import sys; sys.stdin.close(); import threading; threading.Event().wait()", 0.5).of(WORLD) is (
        Result.TOO_SLOW
    )


def test_a_system_without_groups_of_processes_ends_the_one_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "killpg")

    assert trials("import threading; threading.Event().wait()", 0.5).of(WORLD) is Result.TOO_SLOW


def test_a_command_is_told_what_to_play_again() -> None:
    code = (
        "import os, pathlib; "
        f"assert pathlib.Path(os.environ['FAKE_TWILIO_REPLAY']).read_text() == {WORLD!r}; "
        "assert os.environ['FAKE_TWILIO_REPLAY_SEED'] == '7'"
    )

    assert trials(code).of(WORLD) is Result.FINE
