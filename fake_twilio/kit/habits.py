"""The habits of an app: one line for each, with a mark and an advice."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fake_twilio.kit.conduct import PATIENCE_SECONDS, Conduct


class Mark(StrEnum):
    """How good a habit is."""

    PASS = "PASS"  # noqa: S105 - no password  # nosec B105
    WARN = "WARN"
    FAIL = "FAIL"
    NOT_SEEN = "not seen"


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit and its mark; *told* says what was counted, *advice* what to do."""

    name: str
    mark: Mark
    told: str
    advice: str


def habits(conduct: Conduct) -> tuple[Habit, ...]:
    """Return what is to be said of each habit."""
    return tuple(judge(conduct) for judge in _JUDGES)


def _retry_after(conduct: Conduct) -> Habit:
    told = (
        f"Retry-After said: {conduct.told_to_wait}, came back: {conduct.came_back}, too early: {conduct.came_too_early}"
    )
    advice = (
        "wait as many seconds as Retry-After says before the same is asked again; on a manual clock, with "
        "fake_twilio.advance"
    )
    mark = _mark(is_seen=conduct.came_back > 0, is_bad=conduct.came_too_early > 0)
    return Habit("Retry-After is honoured", mark, told, advice)


def _no_duplicates(conduct: Conduct) -> Habit:
    told = f"messages taken whose answer was lost: {conduct.lost_answers}, sent again: {conduct.sent_again}"
    advice = "do not send again when an answer is lost: look first whether the message is there"
    mark = _mark(is_seen=conduct.lost_answers > 0, is_bad=conduct.sent_again > 0)
    return Habit("nothing is sent twice", mark, told, advice)


def _in_time(conduct: Conduct) -> Habit:
    told = f"webhooks: {conduct.callbacks}, too late: {conduct.late}, slowest: {conduct.slowest_seconds:.3f} s"
    advice = f"answer within {PATIENCE_SECONDS:g} s, and do the work afterwards"
    mark = _mark(is_seen=conduct.callbacks > 0, is_bad=conduct.late > 0)
    return Habit("webhooks are answered in time", mark, told, advice)


def _with_2xx(conduct: Conduct) -> Habit:
    told = f"webhooks: {conduct.callbacks}, answered with a 2xx: {conduct.taken}"
    advice = "answer with a 2xx as soon as what came is stored; a status that is known already is no error"
    is_doubtful = conduct.taken < conduct.callbacks
    mark = _mark(is_seen=conduct.callbacks > 0, is_bad=False, is_doubtful=is_doubtful)
    return Habit("webhooks are answered with a 2xx", mark, told, advice)


def _signatures(conduct: Conduct) -> Habit:
    told = f"signed wrongly: {conduct.forged}, refused: {conduct.forged_refused}, taken: {conduct.forged_taken}"
    advice = "check X-Twilio-Signature and answer with 403 if it is wrong; callbacks: {bad_signature: true} sends some"
    is_doubtful = conduct.forged_refused < conduct.forged
    mark = _mark(is_seen=conduct.forged > 0, is_bad=conduct.forged_taken > 0, is_doubtful=is_doubtful)
    return Habit("wrong signatures are refused", mark, told, advice)


def _opt_outs(conduct: Conduct) -> Habit:
    told = f"opted out: {conduct.stops}, written to all the same (21610): {conduct.sent_after_stop}"
    advice = "remember who said STOP, and whom Twilio refuses with 21610, and do not write to them"
    mark = _mark(is_seen=conduct.stops > 0, is_bad=conduct.sent_after_stop > 0)
    return Habit("opt-outs are respected", mark, told, advice)


def _mark(*, is_seen: bool, is_bad: bool, is_doubtful: bool = False) -> Mark:
    if not is_seen:
        return Mark.NOT_SEEN
    if is_bad:
        return Mark.FAIL
    return Mark.WARN if is_doubtful else Mark.PASS


_JUDGES: tuple[Callable[[Conduct], Habit], ...] = (
    _retry_after,
    _no_duplicates,
    _in_time,
    _with_2xx,
    _signatures,
    _opt_outs,
)
