"""Asks an app what the checks want to know, one request after the other."""

from collections.abc import Iterator
from typing import Protocol

from fake_twilio.checkup.checks import CHECKS, stage_of
from fake_twilio.checkup.finding import Finding
from fake_twilio.checkup.judgements import is_accepted, judge_other_form
from fake_twilio.checkup.probes import Probes
from fake_twilio.checkup.public_address import other_forms
from fake_twilio.delivery.webhook import Answer, Webhook

PUBLIC_ADDRESS = "public address"


class Caller(Protocol):
    """What sends a webhook once."""

    def post(self, webhook: Webhook) -> Answer:
        """Send *webhook*; whatever happens is told in the answer."""


def examine(probes: Probes, caller: Caller) -> Iterator[Finding]:
    """Yield what each check that applies found, as soon as it is known."""
    subject = probes.subject
    first = caller.post(probes.signed())
    stage = stage_of(first)
    for check in CHECKS:
        if check.applies(subject.kind, stage):
            answer = first if check.probe is None else caller.post(check.probe(probes))
            yield Finding(kind=subject.kind, check=check.name, verdict=check.judge(subject, answer))
    if first.failure is None and 400 <= (first.status or 0) < 500:
        verdict = judge_other_form(_form_that_fits(probes, caller))
        yield Finding(kind=subject.kind, check=PUBLIC_ADDRESS, verdict=verdict)


def _form_that_fits(probes: Probes, caller: Caller) -> str | None:
    """Return the form of the address for which a signature is accepted, though that of the address is not."""
    forms = other_forms(probes.subject.url)
    return next((form for form in forms if is_accepted(caller.post(probes.signed_for(form)))), None)
