"""All checks, in the order in which they are told."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from fake_twilio.checkup.finding import Verdict
from fake_twilio.checkup.judgements import (
    is_accepted,
    is_connected,
    is_redirect,
    judge_acceptance,
    judge_empty,
    judge_new_parameter,
    judge_pace,
    judge_reach,
    judge_refusal,
    judge_repetition,
    judge_twiml,
)
from fake_twilio.checkup.probes import MakeProbe, Probes
from fake_twilio.checkup.subject import Subject
from fake_twilio.delivery.webhook import Answer, Kind

BOTH = frozenset(Kind)


class Stage(IntEnum):
    """How far the first request came; a check that needs more says nothing that the ones before it did not."""

    SENT = 0
    CONNECTED = 1
    REDIRECTED = 2
    ANSWERED = 3
    ACCEPTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is asked, and how the answer is judged; without a *probe* it is the answer to the first request."""

    name: str
    probe: MakeProbe | None = None
    judge: Callable[[Subject, Answer], Verdict]
    needs: Stage
    kinds: frozenset[Kind] = BOTH

    def applies(self, kind: Kind, stage: Stage) -> bool:
        """Whether the check has something to say."""
        return kind in self.kinds and stage >= self.needs


CHECKS = (
    Check(name="reachable", judge=judge_reach, needs=Stage.SENT),
    Check(name="in time", judge=judge_pace, needs=Stage.CONNECTED),
    Check(name="signed", judge=judge_acceptance, needs=Stage.REDIRECTED),
    Check(name="tampered", probe=Probes.tampered, judge=judge_refusal, needs=Stage.ANSWERED),
    Check(name="unsigned", probe=Probes.unsigned, judge=judge_refusal, needs=Stage.ANSWERED),
    Check(name="other token", probe=Probes.foreign, judge=judge_refusal, needs=Stage.ANSWERED),
    Check(name="new parameter", probe=Probes.extended, judge=judge_new_parameter, needs=Stage.ACCEPTED),
    Check(name="repeated", probe=Probes.signed, judge=judge_repetition, needs=Stage.ACCEPTED),
    Check(name="twiml", judge=judge_twiml, needs=Stage.ACCEPTED, kinds=frozenset({Kind.INBOUND})),
    Check(name="empty answer", judge=judge_empty, needs=Stage.ACCEPTED, kinds=frozenset({Kind.STATUS})),
)


def stage_of(answer: Answer) -> Stage:
    """Return how far a request came."""
    if is_accepted(answer):
        return Stage.ACCEPTED
    if answer.failure is None:
        return Stage.REDIRECTED if is_redirect(answer) else Stage.ANSWERED
    return Stage.CONNECTED if is_connected(answer) else Stage.SENT
