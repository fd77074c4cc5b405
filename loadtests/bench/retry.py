"""How many retries a client makes in a minute of 429, and whether any comes too early: G7.

Prints ``name value goal PASS|FAIL`` for each figure, and the same figures of naive retries, whose goal is to be found
out. Time is virtual, so a run is short, and the same for the same ``--seed``. Ends with status 0 either way.
"""

import argparse
from collections.abc import Callable

from figures import report
from retry_storm import NaiveRepeats, run_storm

from twilio_sms.clock import Clock
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.resilience.retrier import Retrier
from twilio_sms.resilience.retry import RetryPolicy

QUOTA_RETRIES = 100  # 500 tokens, 5 each


def make_retrier(clock: Clock, random: Callable[[], float]) -> Retrier:
    return Retrier(RetryPolicy(), RetryQuota(), clock, random)


def report_storm(seed: int) -> None:
    server = run_storm(make_retrier, seed)
    allowed = server.first_tries / 10 + QUOTA_RETRIES
    report("G7_first_tries", server.first_tries, ">=10000")
    report("G7_retries", server.retries, f"<={allowed:.0f}")
    report("G7_retries_in_the_storm", server.retries_in_the_storm, f"<={QUOTA_RETRIES}")
    report("G7_retries_in_the_storm_at_all", server.retries_in_the_storm, ">0")
    report("G7_requests_before_retry_after", server.early, "==0")
    report("G7_retries_after_the_deadline", server.late, "==0")


def report_naive(seed: int) -> None:
    server = run_storm(NaiveRepeats, seed)
    allowed = server.first_tries / 10 + QUOTA_RETRIES
    report("G7_naive_retries", server.retries, f">{allowed:.0f}")
    report("G7_naive_requests_before_retry_after", server.early, ">0")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    report_storm(options.seed)
    report_naive(options.seed)


if __name__ == "__main__":
    main()
