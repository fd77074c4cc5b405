"""Messages that were sent twice: the same recipient, origin, text and media."""

from collections.abc import Iterable
from itertools import pairwise

from fake_twilio.domain.messages.message import Message
from fake_twilio.kit.assertions import listed
from fake_twilio.kit.evidence import Evidence

_Key = tuple[str, str | None, str, tuple[str, ...]]


def check_no_duplicates(evidence: Evidence, window_seconds: float | None) -> None:
    """Raise `AssertionError` if two outbound messages are the same, no further apart than *window_seconds*."""
    __tracebackhide__ = True
    groups = duplicates(evidence.outbound, window_seconds)
    if groups:
        within = "" if window_seconds is None else f" within {window_seconds:g} s"
        count = "one message was" if len(groups) == 1 else f"{len(groups)} messages were"
        head = f"{count} sent more than once{within}:"
        shown = [line for number, group in enumerate(groups, 1) for line in (f"{number}.", *listed(evidence, group))]
        raise AssertionError("\n".join([head, *shown]))


def duplicates(messages: Iterable[Message], window_seconds: float | None) -> list[list[Message]]:
    """Return groups of two or more messages that are the same, each no later after the one before it than said."""
    alike: dict[_Key, list[Message]] = {}
    for message in messages:
        alike.setdefault(_key(message), []).append(message)
    return [run for group in alike.values() for run in _runs(group, window_seconds) if len(run) > 1]


def _key(message: Message) -> _Key:
    return message.to, message.service_sid or message.sender, message.body, message.media_urls


def _runs(group: list[Message], window_seconds: float | None) -> list[list[Message]]:
    """Cut a group where two neighbours are too far apart."""
    runs = [group[:1]]
    for earlier, later in pairwise(group):
        if window_seconds is None or later.created_at - earlier.created_at <= window_seconds:
            runs[-1].append(later)
        else:
            runs.append([later])
    return runs
