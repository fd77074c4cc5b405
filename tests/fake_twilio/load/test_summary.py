"""A summary says what a tally has, and whether that is good enough."""

from statistics import mean

import pytest

from fake_twilio.load.summary import Rate, figures_of, rates_of
from tests.fake_twilio.load.summaries import summary, tally_of

DURATIONS = [number / 1000 for number in range(1, 1001)]


def test_a_figure_has_what_was_measured() -> None:
    (figure,) = figures_of(tally_of(send=DURATIONS))

    assert (figure.name, figure.times, figure.max_seconds) == ("send", 1000, 1.0)
    assert figure.mean_seconds == pytest.approx(mean(DURATIONS))
    assert figure.quantiles_seconds == pytest.approx((0.5, 0.9, 0.99, 0.999), rel=1 / 128)
    assert sum(count for _, _, count in figure.bars) == 1000


def test_figures_are_in_the_order_of_their_names() -> None:
    assert [figure.name for figure in figures_of(tally_of(send=[1], delivered=[1]))] == ["delivered", "send"]


def test_seconds_in_which_nothing_came_are_there_too() -> None:
    assert rates_of({100: 2, 102: 5}, {102: 1}, 99) == (Rate(0, 0, 0), Rate(1, 2, 0), Rate(2, 0, 0), Rate(3, 5, 1))


def test_no_request_is_one_second_without_any() -> None:
    assert rates_of({}, {}, 99) == (Rate(0, 0, 0),)


@pytest.mark.parametrize(
    ("slo", "differences", "outcome"),
    [
        ("", None, "nothing was judged"),
        ("max_send=2s", None, "every objective is met"),
        ("max_send=1s", None, "an objective is missed"),
        ("max_send=2s,p50_reply=1s", None, "an objective is missed"),
        ("max_send=2s", (), "every objective is met"),
        ("max_send=2s", ("one is missing",), "an objective is missed"),
        ("", ("one is missing",), "an objective is missed"),
        ("", (), "every objective is met"),
    ],
)
def test_one_miss_or_one_lost_message_is_a_miss(slo: str, differences: tuple[str, ...] | None, outcome: str) -> None:
    judged = summary(slo=slo, differences=differences)

    assert judged.outcome == outcome
    assert judged.is_met is (outcome != "an objective is missed")


def test_differences_that_are_allowed_are_no_miss_and_a_lost_worker_always_is() -> None:
    assert summary(differences=("one is missing",), may_differ=True).is_met
    assert not summary(differences=(), may_differ=True, missing_workers=1).is_met
