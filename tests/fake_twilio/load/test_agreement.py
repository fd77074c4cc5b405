"""One message too many or too few is found, wherever it was counted; a judge that is off by one is found out."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.agreement import Asked, OfFake, OfLoad, OfSink, differences

FAKE = {"delivered": 90, "undelivered": 6, "failed": 4, "received": 20}
LOAD = OfLoad(sent=Asked(80), texts=Asked(20))
SINK = OfSink(by_status={**FAKE, "sent": 96}, replies=20)


def test_three_that_counted_the_same_agree() -> None:
    assert differences(LOAD, OfFake(FAKE), SINK) == ()


@pytest.mark.parametrize("off_by", [-1, 1])
@pytest.mark.parametrize(
    ("miscounted", "told"),
    [
        (lambda by: (OfLoad(Asked(80 + by), Asked(20)), OfFake(FAKE), SINK), "sent: load "),
        (lambda by: (OfLoad(Asked(80), Asked(20 + by)), OfFake(FAKE), SINK), "received: load "),
        (lambda by: (LOAD, OfFake({**FAKE, "delivered": 90 + by}), SINK), "sent: load 80 and 20 replies, fake "),
        (lambda by: (LOAD, OfFake({**FAKE, "failed": 4 + by}), SINK), "failed: fake "),
        (lambda by: (LOAD, OfFake(FAKE), SINK._replace(by_status={**FAKE, "delivered": 90 + by})), "delivered: fake "),
        (lambda by: (LOAD, OfFake(FAKE), SINK._replace(by_status={**FAKE, "received": 20 + by})), "received: fake "),
        (lambda by: (LOAD, OfFake(FAKE), SINK._replace(replies=20 + by)), "sent: load "),
    ],
    ids=["sent", "texts", "fake delivered", "fake failed", "sink delivered", "sink received", "sink replies"],
)
def test_one_message_more_or_less_anywhere_is_found(
    miscounted: Callable[[int], tuple[OfLoad, OfFake, OfSink]], told: str, off_by: int
) -> None:
    found = differences(*miscounted(off_by))

    assert any(line.startswith(told) for line in found), found


@pytest.mark.parametrize(("extra", "agrees"), [(-1, False), (0, True), (3, True), (4, False)])
def test_what_is_in_doubt_may_be_there_or_not_and_no_more_than_that(extra: int, agrees: bool) -> None:
    load = OfLoad(sent=Asked(80, in_doubt=3), texts=Asked(20))
    counted = {**FAKE, "delivered": 90 + extra}

    found = differences(load, OfFake(counted), SINK._replace(by_status=counted))

    assert (found == ()) is agrees
    assert agrees or found == (f"sent: load 80 (and 3 in doubt) and 20 replies, fake {100 + extra}",)


def test_messages_under_way_have_not_been_told_of_yet() -> None:
    by_status = {"delivered": 99, "sent": 1, "received": 20}

    assert differences(LOAD, OfFake(by_status), SINK._replace(by_status=by_status)) == ("not at their end: 1",)


def test_what_was_forgotten_is_still_counted_in_all() -> None:
    halved = OfFake({"delivered": 50, "received": 10}, evicted=50)

    assert differences(LOAD, halved, SINK) == ()
    assert differences(LOAD, halved._replace(evicted=51), SINK) == ("sent: load 80 and 20 replies, fake 101",)


@given(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(["delivered", "undelivered", "failed"]))
def test_any_honest_counts_agree(sent: int, texts: int, status: str) -> None:
    by_status = {status: sent + texts, "received": texts}
    sink = OfSink(by_status=by_status, replies=texts)

    assert differences(OfLoad(Asked(sent), Asked(texts)), OfFake(by_status), sink) == ()
