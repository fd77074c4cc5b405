"""A message as a rule of a scenario, by which the next one to its recipient goes the same way.

A rule says what happens to a message, not what is asked for: the request stands above it as a comment, in which
nothing ends a line.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fake_twilio.domain.fate.chaos import Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Delay, Empirical
from fake_twilio.domain.fate.faults import REPLACES_ANSWER, Break, Fault
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import PlannedReply
from fake_twilio.domain.messages.message import Change, Message, Twist
from fake_twilio.scenario_tools import words

_ORDERS = (Mischief.SHUFFLED, Mischief.REVERSED, Mischief.ORDERED)
_ALWAYS = Trick()
_LEAST = 0.000001  # probability that a file can say


def rule(message: Message) -> str:
    """Return the rule, as an entry of ``rules``: as far and as fast as *message* went, with what else befell it."""
    lines = [
        f"- name: as {message.sid}",
        f"  when: {{to: {_text(message.to)}}}",
        "  then:",
        *_timeline(message.timeline),
        *(f"    {line}" for line in (_twist(message.twist) if message.twist else ())),
    ]
    return "\n".join([*_comments(message), *lines, ""])


def _comments(message: Message) -> Iterator[str]:
    yield "# The request, of which a rule cannot ask for all:"
    yield from (f"#   {json.dumps(name)}: {json.dumps(value)}" for name, value in message.form)
    for trick in _beyond(message.twist.chaos) if message.twist else ():
        yield f"# Besides, of the callbacks: {trick}. A rule has each of these once."
    if message.status is Status.CANCELED:
        yield "# It was canceled, which no rule does."


def _timeline(changes: Sequence[Change]) -> Iterator[str]:
    """Yield the steps after ``queued``, which a scenario leaves out, as it does what comes before it."""
    places = [place for place, change in enumerate(changes) if change.status is Status.QUEUED]
    steps = [
        f"      - {_step(before, after)}"
        for before, after in pairwise(changes[places[0] if places else 0 :])
        if after.status is not Status.CANCELED
    ]
    yield from ["    timeline:", *steps] if steps else ["    timeline: []"]


def _step(before: Change, change: Change) -> str:
    error = "" if change.error_code is None else f", error: {change.error_code}"
    return f"{{status: {change.status.value}, after: {round((change.at - before.at) * 1000)}ms{error}}}"


def _twist(twist: Twist) -> Iterator[str]:
    if twist.fault:
        yield f"fault: {{{', '.join(_fault(twist.fault))}}}"
    if twist.chaos.tricks:
        yield f"callbacks: {{{', '.join(_callbacks(twist.chaos))}}}"
    if twist.reply:
        yield f"reply: {{{', '.join(_reply(twist.reply))}}}"


def _fault(fault: Fault) -> Iterator[str]:
    """Yield what broke the answer; the message was taken all the same."""
    if fault.kind:
        yield f"kind: {fault.kind.value}"
    if fault.kind is Break.HTML:
        yield f"status: {fault.status}"
    if fault.latency_seconds:
        yield f"latency: {_seconds(fault.latency_seconds)}"
    if fault.drip_seconds:
        yield f"drip: {_seconds(fault.drip_seconds)}"
    if fault.kind in REPLACES_ANSWER:
        yield "commit: true"


def _callbacks(chaos: Chaos) -> Iterator[str]:
    """Yield each trick under its key, of several with one key the first: it strikes first."""
    for key, (mischief, trick) in {_key(kind): (kind, trick) for kind, trick in reversed(chaos.tricks)}.items():
        if mischief in _ORDERS:
            yield f"{key}: {_order(mischief, trick)}"
        elif trick == _ALWAYS:
            yield f"{key}: true"
        else:
            yield f"{key}: {{{', '.join(_trick(mischief, trick))}}}"


def _beyond(chaos: Chaos) -> Iterator[str]:
    """Yield in words what has a key that another trick before it has: faults that are turned up come on top."""
    seen: set[str] = set()
    for kind, trick in chaos.tricks:
        if _key(kind) in seen:
            yield from words.mischief(Chaos(((kind, trick),)))
        seen.add(_key(kind))


def _key(mischief: Mischief) -> str:
    return "order" if mischief in _ORDERS else mischief.value


def _order(mischief: Mischief, trick: Trick) -> str:
    if mischief is not Mischief.ORDERED:
        return mischief.value
    arrivals = [f"{{status: {one.status.value}, at: {_seconds(one.at)}}}" for one in trick.arrivals]
    return f"[{', '.join(arrivals)}]"


def _trick(mischief: Mischief, trick: Trick) -> Iterator[str]:
    if mischief is Mischief.DUPLICATE:
        yield f"times: {trick.times}"
    if trick.delay:
        yield f"by: {_delay(trick.delay)}"
    if trick.probability < 1:
        yield f"probability: {max(trick.probability, _LEAST):.6f}"
    if trick.statuses:
        yield f"statuses: [{', '.join(sorted(trick.statuses))}]"


def _reply(reply: PlannedReply) -> Iterator[str]:
    yield f"body: {_text(reply.body)}"
    yield f"after: {_delay(reply.after)}"
    if reply.media_urls:
        yield f"media: [{', '.join(map(_text, reply.media_urls))}]"


def _delay(delay: Delay) -> str:
    """Return a delay as a file has it, in what may hold its commas, or its key."""
    return f"{{{delay.told()}}}" if isinstance(delay, Empirical) else _text(delay.told())


def _seconds(seconds: float) -> str:
    return f"{seconds:.6f}s"


def _text(text: str) -> str:
    """Return *text* in YAML's double quotes, in which all that is not plain is escaped."""
    return f'"{"".join(map(_character, text))}"'


def _character(one: str) -> str:
    if one in '"\\':
        return f"\\{one}"
    return one if one.isprintable() else f"\\U{ord(one):08x}"
