"""What a test asserts about the messages that were sent; each failure tells what came closest."""

from collections.abc import Sequence

from fake_twilio.domain.messages.message import Message
from fake_twilio.kit.closest import closest_lines
from fake_twilio.kit.evidence import Evidence
from fake_twilio.kit.timeline import route_of, shortened
from fake_twilio.kit.wanted import Wanted

MAX_LISTED = 10  # messages


def sent_messages(evidence: Evidence, wanted: Wanted, times: int | None) -> tuple[Message, ...]:
    """Return the outbound messages that are *wanted*; raise `AssertionError` if they are not *times* many, or none.

    Raises `ValueError` for *times* that no count can have.
    """
    __tracebackhide__ = True
    if times is not None and (isinstance(times, bool) or times < 0):
        raise ValueError(f"times must be a number from 0 on, or None for at least once; is {times!r}")
    outbound = evidence.outbound
    found = tuple(message for message in outbound if wanted.matches(message))
    if len(found) == times or (times is None and found):
        return found
    lines = [f"wanted {_count(times)} like this, came {len(found)}:", *wanted.lines()]
    raise AssertionError("\n".join([*lines, *_instead(evidence, wanted, outbound, found)]))


def check_not_sent(evidence: Evidence, wanted: Wanted) -> None:
    """Raise `AssertionError` if an outbound message is as *wanted*."""
    __tracebackhide__ = True
    found = [message for message in evidence.outbound if wanted.matches(message)]
    if found:
        lines = [f"wanted no message like this, came {len(found)}:", *wanted.lines(), *listed(evidence, found)]
        raise AssertionError("\n".join(lines))


def listed(evidence: Evidence, messages: Sequence[Message]) -> list[str]:
    """Return a line for each message: when it was created, its SID, numbers and text."""
    lines = [f"  {evidence.moment(message.created_at)}  {_summary(message)}" for message in messages[:MAX_LISTED]]
    rest = len(messages) - MAX_LISTED
    return [*lines, f"  and {rest} more"] if rest > 0 else lines


def _instead(
    evidence: Evidence, wanted: Wanted, outbound: tuple[Message, ...], found: tuple[Message, ...]
) -> list[str]:
    """Return what came instead of what was wanted."""
    if not outbound:
        came_in = [message for message in evidence.messages if message.direction == "inbound"]
        return _unanswered(evidence, came_in) if came_in else _nothing_sent(evidence)
    if found:
        return ["These were sent:", *listed(evidence, found)]
    return [f"Of {len(outbound)} outbound, these come closest:", *closest_lines(wanted, outbound)]


def _nothing_sent(evidence: Evidence) -> list[str]:
    return [
        "Nothing was sent at all. Is the client pointed at the fake?",
        f"  It answers at {evidence.url} (fake_twilio.url); fake_twilio.client() and fake_twilio.sdk() lead there.",
        "  A message that was refused, or sent with the test credentials, is none.",
    ]


def _unanswered(evidence: Evidence, came_in: Sequence[Message]) -> list[str]:
    """Return how far what came in was told to the app, since its answers may be what is missing."""
    last = came_in[-1]
    lines = ["Nothing was sent at all. Of what came in the last one:", str(evidence.timeline(last.sid))]
    if last.plan:
        return [*lines, "  It is not told to the app yet: settle(), or advance(...), lets time pass."]
    if not any(delivery.webhook.message_sid == last.sid for delivery in evidence.callbacks):
        return [*lines, f'  No app is told of it: the scenario has no inbound: {{url: "https://..."}} for {last.to}.']
    return lines


def _count(times: int | None) -> str:
    if times is None:
        return "at least one message"
    return "exactly one message" if times == 1 else f"exactly {times} messages"


def _summary(message: Message) -> str:
    return f"{route_of(message)}  {message.status}  {shortened(message.body)!r}"
