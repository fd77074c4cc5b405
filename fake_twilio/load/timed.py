"""Something that a user wants, timed from when it was due."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fake_twilio.load.errors import NothingLeft, RequestFailed
from fake_twilio.load.measured import Fire
from fake_twilio.load.slo import errors_of
from fake_twilio.load.tally import Tally
from fake_twilio.timing.clock import monotonic
from twilio_sms.errors import TwilioError

SCHEDULE = "schedule"  # the type of Locust's line for what is timed from when it was due


def unfinished_of(measure: str) -> str:
    """Return the name under which is counted what was still under way when the load ended."""
    return f"unfinished_{measure}"


class Timing:
    """One block: it ends when it is left, or at a moment of its own that was told from elsewhere."""

    ended_at: float | None = None  # on the clock that times


@contextmanager
def timed(
    name: str, due: float | None, *, tally: Tally, fire: Fire, now: Callable[[], float] = monotonic
) -> Iterator[Timing]:
    """Time the block from *due*, on the clock *now*, to its end; without *due* from its beginning.

    The seconds go into *tally* under *name* and to Locust's statistics, whether or not it succeeded. A `TwilioError` or
    `RequestFailed` in the block is counted as a failure and ends the block, not the user. Whatever else is raised goes
    on: it is no outcome of the load but a mistake in the locustfile, or the end of the user.
    """
    began, timing = now() if due is None else due, Timing()
    failure: RequestFailed | None = None
    try:
        yield timing
    except RequestFailed as error:
        failure = error
    except TwilioError as error:
        failure = RequestFailed(_kind_of(error))
    except NothingLeft:
        raise
    except BaseException:
        tally.count(unfinished_of(name))
        raise
    ended = now() if timing.ended_at is None else timing.ended_at
    seconds = max(0.0, ended - began)
    tally.record(name, seconds)
    if failure is not None:
        tally.count(errors_of(name))
    fire(
        request_type=SCHEDULE,
        name=name,
        response_time=seconds * 1000,
        response_length=0,
        exception=failure,
        context={},
    )


def _kind_of(error: TwilioError) -> str:
    """Say what went wrong in one of few ways: a message with a number in it would be a line of its own for each."""
    code = getattr(error, "code", None)
    return type(error).__name__ if code is None else f"{type(error).__name__} {code}"
