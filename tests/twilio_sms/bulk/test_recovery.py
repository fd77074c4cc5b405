"""A bulk is back at its full rate in less than twice the time for which the breaker opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.twilio_sms.bulk.recovery import Outage, play
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.resilience.trials import ask_again_seconds

TABLE = [
    pytest.param(Outage(open_seconds=open_seconds, ends_at=ends_at, latency_seconds=0.05, callers=8), id=name)
    for open_seconds, ends_at, name in [
        (0.2, 3.01, "opens for 0.2 s"),
        (0.5, 3.26, "opens for 0.5 s"),
        (2.0, 8.1, "opens for 2 s"),
        (30.0, 95.0, "opens for 30 s"),
    ]
]


class DeafPauses(Pauses):
    """Pauses that last as long as the breaker said, whatever comes back; when they are over all rows go."""

    def note_going(self) -> None:
        return

    def note_back(self, *, is_answered: bool) -> bool:
        return False


def seconds_to_full_rate(outage: Outage, pauses_of=Pauses) -> float:
    """Return how long after the outage the first answer comes since which all callers are busy."""
    sent = play(outage, pauses_of).sent
    assert len(sent) == outage.rows - len(outage.opted_out)  # whatever the outage did, every row was sent, and once
    full_turn = outage.latency_seconds * 1.001
    turns = zip(sent, sent[outage.callers - 1 :], strict=False)
    return next(first for first, last in turns if last - first <= full_turn) - outage.ends_at


@pytest.mark.parametrize("outage", TABLE)
def test_the_full_rate_is_back_before_twice_the_open_time(outage):
    assert seconds_to_full_rate(outage) < 2 * outage.open_seconds


@pytest.mark.parametrize("outage", TABLE)
def test_the_breaker_is_asked_seldom_while_it_is_open(outage):
    def asked(pauses_of=Pauses):
        return sum(moment < outage.ends_at for moment in play(outage, pauses_of).asked)

    rests = 1 + outage.ends_at / outage.open_seconds

    assert asked() <= 2 * outage.callers + 2 * rests  # those that were under way, and then a trial and one that is told
    assert asked(DeafPauses) > outage.callers * (rests - 1)


def test_rows_that_were_turned_away_go_with_the_first_answer():
    outage = Outage(open_seconds=30.0, ends_at=95.0, latency_seconds=0.05, callers=8, rows=8)

    sent = play(outage).sent

    assert sent[-1] - sent[0] == pytest.approx(outage.latency_seconds)


def test_rows_that_are_not_sent_hold_up_nobody():
    outage = Outage(open_seconds=2.0, ends_at=8.1, latency_seconds=0.05, callers=8, opted_out=range(8, 108))

    assert seconds_to_full_rate(outage) < 2 * outage.open_seconds


@pytest.mark.parametrize("outage", TABLE)
def test_pauses_that_no_answer_ends_take_a_wait_longer(outage):
    wait_seconds = ask_again_seconds(outage.open_seconds)

    later = seconds_to_full_rate(outage, DeafPauses) - seconds_to_full_rate(outage)

    assert wait_seconds - outage.latency_seconds <= later + 1e-6 <= wait_seconds + 1e-3


def outages(*, most_latency: float, trials: st.SearchStrategy[int]) -> st.SearchStrategy[Outage]:
    """Outages of any length beside the open time; *most_latency* is the longest answer, in open times."""
    return st.builds(
        lambda open_seconds, ends_at, latency, callers, trials: Outage(
            open_seconds=open_seconds,
            ends_at=ends_at * open_seconds,
            latency_seconds=latency * open_seconds,
            callers=callers,
            trials=trials,
            rows=30 + 6 * callers,
        ),
        open_seconds=st.floats(0.05, 60),
        ends_at=st.floats(0, 5),
        latency=st.floats(0.001, most_latency),
        callers=st.integers(3, 16),
        trials=trials,
    )


@given(outages(most_latency=0.45, trials=st.just(1)))
def test_it_takes_the_open_time_and_two_answers_whenever_the_outage_ends(outage):
    # A trial that fails just as the outage ends, the rest after it, and a trial that passes.
    assert seconds_to_full_rate(outage) <= outage.open_seconds + 2 * outage.latency_seconds + 1e-6


@given(outages(most_latency=0.2, trials=st.integers(2, 3)))
def test_with_several_trials_it_takes_less_than_twice_the_open_time(outage):
    assert seconds_to_full_rate(outage) < 2 * outage.open_seconds
