import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.errors import LoadError
from fake_twilio.load.slo import MEASURES, judge, parse_slo
from fake_twilio.load.tally import Tally


def a_tally() -> Tally:
    """Return 100 sends of 10 ms to 1 s, two of which failed, and 200 requests with one error."""
    tally = Tally()
    for number in range(1, 101):
        tally.record("send", number / 100)
    tally.count("errors_send", 2)
    tally.count("requests", 200)
    tally.count("errors")
    return tally


@pytest.mark.parametrize(
    ("text", "measure", "statistic", "limit"),
    [
        ("p99_send=300ms", "send", "p99", 0.3),
        ("send_p99=300ms", "send", "p99", 0.3),
        ("callback_lag_p99=2s", "callback_lag", "p99", 2.0),
        ("p99.9_callback_lag=1m", "callback_lag", "p99.9", 60.0),
        ("max_send=1.5s", "send", "max", 1.5),
        ("delivered_mean = 2s", "delivered", "mean", 2.0),
        ("errors=0", "requests", "count", 0),
        ("errors=0.1%", "requests", "share", 0.001),
        ("errors_send=3", "send", "count", 3),
    ],
)
def test_an_objective_is_read(text: str, measure: str, statistic: str, limit: float) -> None:
    (objective,) = parse_slo(text)

    assert (objective.measure, objective.statistic) == (measure, statistic)
    assert objective.limit == pytest.approx(limit)


def test_objectives_are_judged_in_their_order() -> None:
    objectives = parse_slo(" p99_send=300ms , callback_lag_p99=2s,errors=0, ")

    assert [verdict.name for verdict in judge(objectives, Tally())] == ["p99_send", "callback_lag_p99", "errors"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("max_send=1s", "max_send 1s <=1s PASS"),
        ("mean_send=505ms", "mean_send 505ms <=505ms PASS"),
        ("mean_send=504ms", "mean_send 505ms <=504ms FAIL"),
        ("errors=1", "errors 1 <=1 PASS"),
        ("errors=0", "errors 1 <=0 FAIL"),
        ("errors=0.5%", "errors 0.5% <=0.5% PASS"),
        ("errors=0.4%", "errors 0.5% <=0.4% FAIL"),
        ("errors_send=2%", "errors_send 2% <=2% PASS"),
        ("errors_send=1", "errors_send 2 <=1 FAIL"),
        ("p99_reply=1d", "p99_reply none <=86400s FAIL (nothing was measured of reply)"),
        ("errors_reply=100%", "errors_reply none <=100% FAIL (nothing was measured of reply)"),
    ],
)
def test_a_verdict_is_one_line(text: str, line: str) -> None:
    (verdict,) = judge(parse_slo(text), a_tally())

    assert verdict.line == line
    assert verdict.is_met is line.endswith("PASS")


@pytest.mark.parametrize(
    ("text", "seconds", "is_met"),
    [("p50_send=600ms", 0.5, True), ("p99_send=300ms", 0.99, False), ("p100_send=1s", 1.0, True)],
)
def test_a_percentile_is_judged(text: str, seconds: float, is_met: bool) -> None:
    (verdict,) = judge(parse_slo(text), a_tally())

    assert verdict.measured == pytest.approx(seconds, rel=1 / 128)
    assert verdict.is_met is is_met


def test_one_in_a_thousand_is_not_in_the_99_9th_percentile() -> None:
    tally = Tally()
    for seconds in [0.01] * 999 + [5.0]:
        tally.record("send", seconds)

    (verdict,) = judge(parse_slo("p99.9_send=20ms"), tally)

    assert verdict.is_met, verdict.line


def test_what_differs_in_anything_is_judged_side_by_side() -> None:
    text = "p99_send=1s,p99.9_send=2s,max_send=3s,mean_send=1s,p99_reply=1s,errors=0,errors_send=0"

    assert [verdict.is_met for verdict in judge(parse_slo(text), a_tally())] == [True, True, True, True] + [False] * 3


def test_no_errors_of_no_requests_are_a_miss() -> None:
    (verdict,) = judge(parse_slo("errors=0"), Tally())

    assert (verdict.is_met, verdict.measured, verdict.wanted) == (False, None, "<=0")


@given(st.lists(st.floats(0.001, 10), min_size=1), st.floats(0.1, 100))
def test_a_percentile_is_met_if_its_share_was_quick_enough(durations: list[float], percent: float) -> None:
    tally = Tally()
    for seconds in durations:
        tally.record("send", seconds)

    (verdict,) = judge(parse_slo(f"p{percent:.2f}_send={max(durations):.9f}s"), tally)

    assert verdict.measured is not None
    assert verdict.measured <= max(durations) * (1 + 1e-6)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "--slo must be one objective or more"),
        (" , ", "--slo must be one objective or more"),
        ("p99_send", "must be name=limit"),
        ("=300ms", "must be name=limit"),
        ("p99_send=", "must be name=limit"),
        ("send=300ms", "must name a measure with pNN, mean or max, or errors"),
        ("p99=300ms", "must name a measure with pNN, mean or max, or errors"),
        ("p0_send=300ms", "wanted a percentile above p0 and up to p100, got p0"),
        ("p101_send=300ms", "wanted a percentile above p0 and up to p100, got p101"),
        ("p99_sned=300ms", "nobody measures 'sned'; there are callback_lag, delivered, reply, request, send"),
        ("errors_sned=0", "nobody measures 'sned'; there are callback_lag"),
        ("p99_send=300", "wanted a duration such as 500ms.*, got '300'"),
        ("p99_send=0.1%", "wanted a duration"),
        ("errors=1s", "wanted a number such as 0 or a share such as 0.1%, got '1s'"),
        ("errors=101%", "wanted a number such as 0 or a share"),
        ("errors=-1", "wanted a number such as 0 or a share"),
        ("errors=9999999999999", "wanted a number such as 0 or a share"),
        ("errors_=0", "nobody measures ''"),
        ("errors_requests=0", "nobody measures 'requests'"),
        ("errors=0,errors=1%", "must name each objective once, errors and errors are one: leave one out"),
        ("p99_send=1s,send_p99=2s", "must name each objective once, p99_send and send_p99 are one"),
        ("p99_send=1s,p99.0_send=1s", "must name each objective once, p99_send and p99.0_send are one"),
    ],
)
def test_what_is_no_objective_is_refused_in_one_line(text: str, told: str) -> None:
    with pytest.raises(LoadError, match=told) as caught:
        parse_slo(text)

    assert "\n" not in str(caught.value)


def test_measures_of_ones_own_are_known() -> None:
    (objective,) = parse_slo("p99_checkout=1s", measures=("checkout",))

    assert objective.measure == "checkout"


def test_every_measure_can_be_asked_for() -> None:
    assert len(parse_slo(",".join(f"p99_{name}=1s,errors_{name}=0" for name in MEASURES))) == 2 * len(MEASURES)
