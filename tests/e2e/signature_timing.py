"""Does the time of a refusal tell where a signature is wrong? ``python -m tests.e2e.signature_timing [PAIRS] [SEED]``.

A signature is refused whose first character is wrong, and one whose last is, in turns whose order chance decides;
500,000 pairs if nothing is said, a million refusals. The mean time of each block of refusals is a sample, and the
p-value says how likely such a difference of the samples is if there is none (Welch's test in its normal form). Below
0.01 the time tells something. The same is done with a comparison that stops at the first wrong character,
``naive_...``: it must be found out, else the command could not find anything.

Prints ``name value goal PASS|FAIL`` for each figure, and ends with status 1 if one is missed.
"""

import sys
from collections.abc import Callable, Sequence
from math import erfc, sqrt
from random import Random
from statistics import fmean, variance
from time import perf_counter_ns

from loadtests.bench.figures import report
from twilio_sms.webhooks.signature import RequestValidator

PAIRS = 500_000
BLOCK = 250
URL = "https://sms.example.com/inbound"
FORM = {"MessageSid": "SM" + "0c" * 16, "Body": "hello"}

Judge = Callable[[str], bool]


def p_value(first: Sequence[float], second: Sequence[float]) -> float:
    """Return how likely it is that two samples of one distribution have means that differ at least so much."""
    spread = sqrt(variance(first) / len(first) + variance(second) / len(second))
    if not spread:
        return 1.0 if fmean(first) == fmean(second) else 0.0
    return erfc(abs(fmean(first) - fmean(second)) / spread / sqrt(2))


def wrong_at(signature: str, place: int) -> str:
    """Return *signature* with another character at *place*."""
    changed = "A" if signature[place] != "A" else "B"
    return signature[:place] + changed + signature[place:][1:]


def naive(right: str) -> Judge:
    """Return the usual careless judge: it stops at the first character that differs."""

    def judge(given: str) -> bool:
        for mine, its in zip(right, given, strict=True):  # noqa: SIM110 - each step is meant to be seen
            if mine != its:
                return False
        return True

    return judge


def timed(judge: Judge, given: str) -> int:
    begun = perf_counter_ns()
    for _ in range(BLOCK):
        judge(given)
    return perf_counter_ns() - begun


def samples(judge: Judge, right: str, pairs: int, chance: Random) -> tuple[list[float], list[float]]:
    """Return the mean time of a refusal, in nanoseconds for each block: first wrong, then last wrong.

    The order within a pair of blocks is drawn, so that a drift of the machine falls on both alike. The slowest tenth of
    each is left out: there somebody else had the processor.
    """
    wrong = (wrong_at(right, 0), wrong_at(right, len(right) - 2))  # the last character is padding
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(max(pairs // BLOCK, 20)):
        for which in chance.sample((0, 1), 2):
            times[which].append(timed(judge, wrong[which]) / BLOCK)
    return trimmed(times[0]), trimmed(times[1])


def trimmed(times: list[float]) -> list[float]:
    return sorted(times)[: len(times) - len(times) // 10]


def main(pairs: int = PAIRS, seed: int = 1) -> bool:
    chance, validator = Random(seed), RequestValidator("0b" * 16)
    right = validator.compute_signature(URL, FORM)
    ours = samples(lambda given: validator.validate(URL, FORM, given), right, pairs, chance)
    careless = samples(naive(right), right, pairs, chance)
    report("signature_difference_ns", abs(fmean(ours[0]) - fmean(ours[1])))
    is_met = report("signature_timing_p", p_value(*ours), ">=0.01")
    return report("naive_timing_p", p_value(*careless), "<0.01") and is_met


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
