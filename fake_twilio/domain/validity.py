"""How long a message may wait in the queue before it is given up.

Source: Twilio's OpenAPI file: "If a queued Message exceeds the validity_period, the Message is not sent". That it then
ends as failed with 30036 is from the title of that code; the moment is inferred.
"""

from fake_twilio.domain.lifecycle import Status
from fake_twilio.domain.scenario import Step

EXPIRED = 30036


def within_validity(steps: tuple[Step, ...], seconds: int) -> tuple[Step, ...]:
    """Return the *steps* after ``queued``, or the end of the message if the first comes later than *seconds*.

    A step at the very last moment still counts. Where there is no step the scenario ends with ``queued``, and so does
    the message.
    """
    if steps and steps[0].after_seconds > seconds:
        return (Step(Status.FAILED, float(seconds), EXPIRED),)
    return steps
