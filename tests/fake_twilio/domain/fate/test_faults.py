"""Faults as values."""

from math import inf, nan
from typing import Any

import pytest

from fake_twilio.domain.fate.faults import DAMAGES_ANSWER, REPLACES_ANSWER, Break, Fault


def test_the_client_sees_the_answer_damaged_or_not_at_all_unless_nothing_was_read() -> None:
    assert not DAMAGES_ANSWER & REPLACES_ANSWER
    assert set(Break) - DAMAGES_ANSWER - REPLACES_ANSWER == {Break.RESET_BEFORE_READING}


@pytest.mark.parametrize("kind", Break)
def test_a_fault_is_named_as_in_scenario_files(kind: Break) -> None:
    assert Break(kind.name.lower()) is kind


def test_a_fault_of_nothing_is_none() -> None:
    assert Fault() == Fault(kind=None, status=502, latency_seconds=0.0, drip_seconds=0.0)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"latency_seconds": -1.0}, "latency_seconds must be 0 to 600 seconds, is -1"),
        ({"latency_seconds": nan}, "is nan"),
        ({"drip_seconds": inf}, "drip_seconds must be 0 to 600 seconds, is inf"),
        ({"drip_seconds": 601.0}, "is 601"),
        ({"status": 399}, "400 to 599, is 399"),
        ({"status": 600}, "is 600"),
    ],
)
def test_what_cannot_be_performed_is_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Fault(**wrong)


BROKEN, SLOW = Fault(kind=Break.HALF_BODY, drip_seconds=1.0), Fault(latency_seconds=2.0)
PAGE = Fault(kind=Break.HTML, status=503, latency_seconds=5.0)


@pytest.mark.parametrize(
    ("later", "earlier", "both"),
    [
        (PAGE, None, PAGE),
        (BROKEN, SLOW, Fault(kind=Break.HALF_BODY, drip_seconds=1.0, latency_seconds=2.0)),
        (SLOW, BROKEN, Fault(kind=Break.HALF_BODY, drip_seconds=1.0, latency_seconds=2.0)),
        (SLOW, PAGE, PAGE),
        (BROKEN, PAGE, Fault(kind=Break.HALF_BODY, drip_seconds=1.0, latency_seconds=5.0)),
    ],
)
def test_of_two_faults_the_later_breaks_and_the_slower_is_waited_for(
    later: Fault, earlier: Fault | None, both: Fault
) -> None:
    assert later.on_top_of(earlier) == both
