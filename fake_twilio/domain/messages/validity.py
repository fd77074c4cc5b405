"""How long a message may wait in the queue before it is given up.

Source: Twilio's OpenAPI file: "If a queued Message exceeds the validity_period, the Message is not sent". That it then
ends as failed with 30036 is from the title of that code; the moment is inferred.
"""

from dataclasses import replace

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step

EXPIRED = 30036


def within_validity(steps: tuple[Step, ...], seconds: int, wait_seconds: float = 0.0) -> tuple[Step, ...]:
    """Return the *steps* after ``queued``, the first of which waits for its sender, too: *wait_seconds*.

    If it comes later than *seconds*, the message ends there instead. A step at the very last moment still counts. Where
    there is no step the scenario ends with ``queued``, and so does the message.
    """
    if not steps:
        return steps
    after_seconds = wait_seconds + steps[0].after_seconds
    if after_seconds > seconds:
        return (Step(Status.FAILED, float(seconds), EXPIRED),)
    return (replace(steps[0], after_seconds=after_seconds), *steps[1:]) if wait_seconds else steps


def expires(steps: tuple[Step, ...]) -> bool:
    """Whether a message with these *steps* before it ends in the queue, because it waits for too long."""
    return bool(steps) and steps[0].error_code == EXPIRED
