"""Tasks that are due by a schedule, whatever became of those before.

A user that waits for an answer before it asks again stops asking while the server stands still. A stall of one second
is then one slow request among thousands of quick ones, though in that second hundreds would have come and waited: the
load and the server have agreed to leave out the worst ("coordinated omission"). So the n-th task of a user is due at
its start + n / rate, and durations count from there. After a stall the tasks that became due meanwhile follow at once,
each as late as who would have come then. How late the load itself is, for want of a processor, counts too.
"""

import math
from collections.abc import Callable
from typing import Any

from fake_twilio.load.errors import LoadError
from fake_twilio.timing.clock import monotonic


def constant_arrivals(per_second: float, now: Callable[[], float] = monotonic) -> Callable[[Any], float]:
    """Return a ``wait_time`` by which a user has *per_second* tasks due in a second, however long each takes.

    The first task is due when the user began: ``user.began``, or else the end of that task. From the second on it sets
    ``user.due``, on the clock *now*, and returns the seconds until then, 0 if they are over. Raises `LoadError` for a
    rate that is none.
    """
    rate = _checked(per_second)

    def wait_time(user: Any) -> float:
        moment = now()
        user.began = getattr(user, "began", moment)
        user.tasks_due = getattr(user, "tasks_due", 0) + 1
        due: float = user.began + user.tasks_due / rate
        user.due = due
        return max(0.0, due - moment)

    return wait_time


def parse_rate(text: str) -> float:
    """Return the tasks a second that *text* says; raises `LoadError` if it says none."""
    try:
        return _checked(float(text))
    except ValueError:
        raise LoadError(f"a rate must be tasks a second and above 0, such as 2 or 0.5, is {text!r}") from None


def _checked(per_second: object) -> float:
    if isinstance(per_second, int | float) and not isinstance(per_second, bool) and 0 < per_second < math.inf:
        return float(per_second)
    raise LoadError(f"a rate must be tasks a second and above 0, such as 2 or 0.5, is {per_second!r}")
