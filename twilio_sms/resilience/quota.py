"""How many retries all calls of a client may make together.

Where Twilio is in trouble every call fails and every call is retried, which makes the trouble worse. So each retry
costs tokens, and each success earns one: single failures are retried as if there were no quota, a storm of them is not.
"""

from threading import Lock

from twilio_sms.domain.settings import check_counts
from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks


class RetryQuota:
    """A bucket of tokens that is full at first; any number of threads may share it.

    The defaults allow 100 retries in a row, and in the long run one for five successes; they are those of the AWS SDKs
    (botocore, standard mode). Raises `ValidationError` for numbers that cannot work.
    """

    def __init__(self, capacity: int = 500, retry_cost: int = 5, success_gain: int = 1) -> None:
        self.capacity = capacity
        self.retry_cost = retry_cost
        self.success_gain = success_gain
        check_counts(self, "capacity", "retry_cost", "success_gain")
        if retry_cost > capacity:
            raise ValidationError(f"retry_cost must be at most capacity ({capacity}), is {retry_cost}")
        self._lock = Lock()
        self._tokens = capacity
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Be empty; runs in a child process: its parent keeps the tokens, else many children would spend them often."""
        self._lock = Lock()
        self._tokens = 0

    def take(self) -> bool:
        """Pay for one retry; return whether there was enough."""
        with self._lock:
            if self._tokens < self.retry_cost:
                return False
            self._tokens -= self.retry_cost
            return True

    def on_success(self) -> None:
        """Earn what a call that succeeded earns."""
        with self._lock:
            self._tokens = min(self.capacity, self._tokens + self.success_gain)

    @property
    def tokens(self) -> int:
        """What is left, from 0 to `capacity`."""
        return self._tokens
