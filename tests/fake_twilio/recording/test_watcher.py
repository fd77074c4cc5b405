"""Tests of who looks at messages until they are final."""

from threading import Event

import pytest

from fake_twilio.recording.watcher import Watcher
from fake_twilio.recording.wire import Answered, Asked
from tests.doubles import MESSAGE_SID
from tests.fake_twilio.recording.answers import CREATION, ONE, ScriptedUpstream, answered, tree

OTHER_SID = "SM" + "0" * 32


def watched(*script: Answered | None) -> tuple[ScriptedUpstream, list[Answered]]:
    """Let a message be looked at until nothing is left; return who was asked, and what was noted."""
    upstream, noted, idle = ScriptedUpstream(*script), list[Answered](), Event()
    watcher = Watcher(upstream, lambda _asked, answer: noted.append(answer), 0.001, idle.set)
    watcher.watch(CREATION, MESSAGE_SID)
    watcher.start()
    assert idle.wait(10)
    watcher.stop(10)
    assert watcher.is_idle
    return upstream, noted


def test_a_message_is_looked_at_until_it_is_final() -> None:
    script = [answered(tree(status)) for status in ("queued", "sent", "delivered")]

    upstream, noted = watched(*script)

    assert noted == script
    expected = Asked(method="GET", target=ONE, headers=(("Authorization", "Basic c2VjcmV0"),))
    assert upstream.asked == [expected] * 3


def test_who_does_not_answer_or_is_busy_is_asked_again() -> None:
    upstream, noted = watched(None, answered({}, 429), answered({}, 500), answered(tree("failed")))

    assert (len(upstream.asked), len(noted)) == (4, 3)


def test_what_is_not_there_is_looked_at_no_more() -> None:
    upstream, _ = watched(answered({}, 404))

    assert len(upstream.asked) == 1


def test_a_message_that_cannot_be_watched_keeps_no_other_from_it(caplog: pytest.LogCaptureFixture) -> None:
    idle, seen = Event(), list[str]()

    def note(asked: Asked, _answer: Answered) -> None:
        seen.append(asked.target)
        if len(seen) == 1:
            raise RuntimeError("no note can be taken")

    watcher = Watcher(ScriptedUpstream(*[answered(tree("delivered"))] * 2), note, 0.001, idle.set)
    for sid in (MESSAGE_SID, OTHER_SID):
        watcher.watch(CREATION, sid)
    watcher.start()

    assert idle.wait(10)
    watcher.stop(10)
    assert [target[-39:-5] for target in seen] == [MESSAGE_SID, OTHER_SID]
    assert "a message cannot be watched" in caplog.text
