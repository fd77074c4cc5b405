"""How expectations and what was sent differ, told for the person who wrote the test.

Numbers and texts are shown whole: a mock never sees those of real people, and who looks for a difference needs them.
"""

from collections.abc import Iterable, Sequence

from twilio_sms.simulation.expectations import Expectation, Wanted
from twilio_sms.simulation.sent_message import SentMessage


def unexpected(sent: SentMessage, expectations: Sequence[Expectation], *, in_order: bool) -> str:
    """Tell of a message that is not expected, beside the expectation that is closest to it."""
    lines = [f"a message was sent that was not expected: {shown(sent)}"]
    is_open = [each for each in expectations if each.is_open]
    if not expectations:
        lines.append("nothing was expected: add expect_send(...), or make MockClient(strict=False)")
    elif not is_open:
        lines.append(f"all {len(expectations)} expectations were met before")
    if in_order and is_open:
        lines += ["the next in order is", *_beside(is_open[0].wanted, sent)]
    elif expectations:
        closest = min(is_open or expectations, key=lambda each: _distance(each.wanted, sent))
        lines += ["the closest expectation is", *_beside(closest.wanted, sent)]
    return "\n".join(lines)


def unmet(
    expectations: Iterable[Expectation],
    sent: Sequence[SentMessage],
    unwanted: Sequence[SentMessage],
    waiting: Iterable[str] = (),
) -> str:
    """Tell what did not come as expected, each beside what came closest; empty if all is well.

    *waiting* are the failures that no message met.
    """
    lines: list[str] = []
    for each in expectations:
        if each.is_open:
            lines.append(f"came {each.came} of {each.wanted.times} times: {each.wanted}")
            lines += _closest_to(each.wanted, sent)
    lines += [f"came and was not expected: {shown(each)}" for each in unwanted]
    lines += [f"no message met what was to fail with {each}" for each in waiting]
    if lines:
        lines += ["what was sent, in order:", *(f"  {number}. {shown(each)}" for number, each in enumerate(sent, 1))]
        if not sent:
            lines.append("  nothing")
    return "\n".join(lines)


def shown(sent: SentMessage) -> str:
    """Return a message on one line, whole."""
    sender = sent.from_ or sent.messaging_service_sid
    media = f" with {len(sent.media_urls)} media" if sent.media_urls else ""
    return f"to {sent.to} from {sender}: {sent.body!r}{media}"


def _closest_to(wanted: Wanted, sent: Sequence[SentMessage]) -> list[str]:
    others = [each for each in sent if not wanted.is_met_by(each)]
    if not others:
        return []
    closest = min(others, key=lambda each: _distance(wanted, each))
    return ["  what came closest differs in", *_beside(wanted, closest)]


def _distance(wanted: Wanted, sent: SentMessage) -> int:
    return sum(not each.is_met for each in wanted.compare(sent))


def _beside(wanted: Wanted, sent: SentMessage) -> list[str]:
    """Return each field on a line of its own: whether it fits, and if not, what came."""
    return [
        f"    {each.field}: {each.wanted}" + (" (fits)" if each.is_met else f", came {each.came!r}")
        for each in wanted.compare(sent)
    ]
