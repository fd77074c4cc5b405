"""What the users of one Locust process have in common: what was seen, and who was not yet written to."""

from typing import Any

from fake_twilio.load.allotment import Allotment
from fake_twilio.load.counting import failed_of, name_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.recipients import Recipients
from fake_twilio.load.seams import Environment
from fake_twilio.load.slo import ERRORS, REQUESTS
from fake_twilio.load.tally import Tally
from fake_twilio.load.timed import SCHEDULE

_ATTRIBUTE = "fake_twilio_share"  # of Locust's environment: the one thing that all users are given
_REQUEST = "request"


class Share:
    """One process's tally and recipients, and how many messages it may begin."""

    def __init__(self, worker_index: int) -> None:
        self.tally = Tally()
        self.allotment = Allotment()
        self._recipients = Recipients(worker_index)

    def fresh_recipients(self, most: int) -> list[str]:
        """Return *most* numbers that nobody was given before, or as many as the load has messages left.

        Raises `LoadError` for a *most* below 1, and if the worker has no more numbers.
        """
        if most < 1:
            raise LoadError(f"wanted 1 recipient or more, got {most!r}")
        return [self._recipients.fresh() for _ in range(self.allotment.take(most))]

    def hear(
        self,
        *,
        request_type: str,
        name: str,
        response_time: float | None = None,
        exception: BaseException | None = None,
        **_: Any,
    ) -> None:
        """Count what Locust is told of: each request, and what is timed from its schedule; *response_time* is in ms."""
        self.tally.count(REQUESTS)
        if exception is not None:
            self.tally.count(ERRORS)
        if request_type == SCHEDULE:
            return
        self._count_route(name_of(request_type, name), has_failed=exception is not None)
        if response_time is not None:
            self.tally.record(_REQUEST, max(0.0, response_time / 1000))

    def _count_route(self, name: str, *, has_failed: bool) -> None:
        self.tally.count(name)
        if has_failed:
            self.tally.count(failed_of(name))


def share_of(environment: Environment) -> Share:
    """Return the share of the process of *environment*; it is made when it is asked for first, and then hears all."""
    found: Share | None = getattr(environment, _ATTRIBUTE, None)
    if found is not None:
        return found
    made = Share(getattr(environment.runner, "worker_index", 0))  # a master sends nothing, and has no index
    setattr(environment, _ATTRIBUTE, made)
    environment.events.request.add_listener(made.hear)
    return made
