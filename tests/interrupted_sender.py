"""Sends messages that a signal handler interrupts anywhere; a process of its own, since anything in it may be hit.

Run as ``python interrupted_sender.py URL COUNT CA_BUNDLE``. Prints the text of each message that the client says was
not sent.
"""

import contextlib
import itertools
import signal
import sys

from twilio_sms import BreakerPolicy, Client, Config, RateLimits, RetryPolicy, Timeouts, TwilioError
from twilio_sms.verdict import Verdict

# What a handler may raise: broken pipes and resets of its own, watchdogs, limits of a job.
KINDS = itertools.cycle(
    [
        lambda: BrokenPipeError(32, "x"),
        lambda: OSError(5, "x"),
        lambda: TimeoutError("x"),
        lambda: ConnectionResetError(104, "x"),
        lambda: KeyError("x"),
    ]
)


class Bell:
    """A signal handler that raises once each time it is armed."""

    is_armed = False

    def ring(self, _number: int, _frame: object) -> None:
        if self.is_armed:
            self.is_armed = False
            make = next(KINDS)
            raise make()


def send(client: Client, body: str) -> None:
    try:
        client.messages.send(to="+15551234567", from_="+15005550006", body=body)
    except TwilioError as error:
        if error.verdict is Verdict.NOT_SENT:
            print(body)


def main(url: str, count: int, ca_bundle: str) -> None:
    bell = Bell()
    signal.signal(signal.SIGALRM, bell.ring)
    limits = RateLimits(global_rate=None, recipient_rate=None)
    config = Config(
        timeouts=Timeouts(read_seconds=0.02),
        retry=RetryPolicy(max_attempts=1),
        rate_limits=limits,
        breaker=BreakerPolicy(failures=10_000),
        ca_bundle=ca_bundle,
    )
    with Client("AC" + "0" * 32, "token", base_url=url, config=config) as client:
        for n in range(count):
            with contextlib.suppress(KeyError, OSError):
                try:
                    bell.is_armed = True
                    signal.setitimer(signal.ITIMER_REAL, 0.0001 + n % 100 * 0.00003)
                    send(client, f"number-{n}-")
                finally:
                    bell.is_armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
