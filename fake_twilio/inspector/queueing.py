"""What a message met in the queue of its sender."""

from collections.abc import Iterator

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.wait import Wait
from fake_twilio.inspector.happening import Happening
from fake_twilio.scenario_tools import words


def queueing_of(message: Message, at: float) -> Iterator[Happening]:
    """Yield that *message*, queued *at* a moment, had to wait or found the queue full; else nothing."""
    wait = message.wait
    if wait is None:
        return
    if wait.is_refused:
        title = f"the queue of {message.sender} was full"
    else:
        title = f"had to wait {words.time(wait.seconds)} in the queue of {message.sender}"
    yield Happening(at, "queue", title, _before(wait))


def _before(wait: Wait) -> str:
    segments = "segment" if wait.segments_ahead == 1 else "segments"
    return f"{wait.segments_ahead:,.6g} {segments} went before it, at {wait.segments_per_second:g} a second"
