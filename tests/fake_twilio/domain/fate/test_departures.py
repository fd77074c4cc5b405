"""Which callbacks leave, when and how often."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.chaos import CALM, Arrival, Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Fixed, Uniform
from fake_twilio.domain.fate.departures import Departure, departures
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import Status

QUEUED, SENT, DONE = Status.QUEUED, Status.SENT, Status.DELIVERED
LIFE = (QUEUED, SENT, DONE)
DRAWS = Draws(7, "+15551234567", 1)


def plan(*tricks: tuple[Mischief, Trick], life: tuple[Status, ...] = LIFE, draws: Draws = DRAWS) -> list[Departure]:
    return list(departures(Chaos(tricks), life, draws))


def given_order(*arrivals: Status | Arrival) -> tuple[Mischief, Trick]:
    listed = tuple(one if isinstance(one, Arrival) else Arrival(one) for one in arrivals)
    return Mischief.ORDERED, Trick(arrivals=listed)


def waits(found: list[Departure]) -> list[tuple[int, int]]:
    return [(departure.place, departure.after) for departure in found]


def test_without_mischief_each_leaves_by_itself() -> None:
    assert departures(CALM, LIFE, DRAWS) == tuple(Departure(place=place, after=place) for place in range(3))


def test_reversed_all_wait_for_the_last_one() -> None:
    found = plan((Mischief.REVERSED, Trick()))

    assert waits(found) == [(2, 2), (1, 2), (0, 2)]
    assert [departure.mischiefs for departure in found] == [(), (Mischief.REVERSED,), (Mischief.REVERSED,)]
    assert [departure.at for departure in found] == [0, 0, 0]


def test_shuffled_each_order_is_met_and_each_waits_for_those_before_it() -> None:
    found = [plan((Mischief.SHUFFLED, Trick()), draws=Draws(7, "x", n)) for n in range(100)]

    assert len({tuple(waits(each)) for each in found}) == 6
    for each in found:
        assert [one.after for one in each] == [max(d.place for d in each[: n + 1]) for n, one in enumerate(each)]
        assert all((Mischief.SHUFFLED in one.mischiefs) is (one.after > one.place) for one in each)
        assert [one.at for one in each] == [0, 0, 0]


def test_a_given_order_names_each_callback_as_often_as_it_comes() -> None:
    found = plan(given_order(DONE, SENT, DONE, SENT), life=(SENT, DONE))

    assert waits(found) == [(1, 1), (0, 1), (1, 1), (0, 1)]
    assert [departure.occasion for departure in found] == [0, 0, 1, 1]
    assert [departure.mischiefs for departure in found] == [
        (),
        (Mischief.ORDERED,),
        (Mischief.DUPLICATE,),
        (Mischief.ORDERED, Mischief.DUPLICATE),
    ]


def test_a_given_order_leaves_alone_what_it_does_not_name_and_what_never_comes() -> None:
    found = plan(given_order(DONE, Status.FAILED, SENT))

    assert waits(found) == [(0, 0), (2, 2), (1, 2)]


def test_a_given_order_has_moments() -> None:
    found = plan(given_order(Arrival(SENT, 2), Arrival(DONE, 5)))

    assert [(departure.place, departure.at) for departure in found] == [(0, 0), (1, 2), (2, 5)]


def test_what_is_dropped_never_leaves_and_nothing_else_is_done_to_it() -> None:
    found = plan((Mischief.DROP, Trick(statuses=frozenset({SENT}))), (Mischief.BAD_SIGNATURE, Trick()))

    assert [(departure.times, departure.mischiefs) for departure in found] == [
        (1, (Mischief.BAD_SIGNATURE,)),
        (0, (Mischief.DROP,)),
        (1, (Mischief.BAD_SIGNATURE,)),
    ]


def test_what_is_late_and_comes_often_does_both() -> None:
    late, often = Trick(delay=Fixed(90), statuses=frozenset({SENT})), Trick(times=3, statuses=frozenset({SENT}))

    _, found, _ = plan((Mischief.LATE, late), (Mischief.DUPLICATE, often))

    assert (found.times, found.delay, set(found.mischiefs)) == (3, 90, {Mischief.LATE, Mischief.DUPLICATE})


def test_a_relapse_is_one_of_the_statuses_before_the_last() -> None:
    found = [plan((Mischief.REGRESS, Trick()), draws=Draws(7, "x", n))[-1] for n in range(50)]

    assert {relapse.place for relapse in found} == {0, 1}
    told = {replace(relapse, place=0) for relapse in found}
    assert told == {Departure(place=0, after=2, occasion=-1, delay=1, mischiefs=(Mischief.REGRESS,))}


def test_who_has_but_one_status_cannot_relapse() -> None:
    assert len(plan((Mischief.REGRESS, Trick()), life=(Status.FAILED,))) == 1
    assert plan((Mischief.REGRESS, Trick()), life=(SENT, DONE))[-1].place == 0


def test_a_relapse_befalls_messages_that_end_as_it_says() -> None:
    trick = (Mischief.REGRESS, Trick(statuses=frozenset({DONE})))

    assert len(plan(trick)) == 4
    assert len(plan(trick, life=(QUEUED, SENT, Status.UNDELIVERED))) == 3


def test_a_seed_says_the_same_of_a_message_in_every_release() -> None:
    """What stands here was drawn once: whoever keeps a seed with a bug wants to see the bug again."""
    late = plan((Mischief.LATE, Trick(delay=Uniform(0, 100))))
    chances = [Draws(7, "x", n) for n in range(8)]
    relapses = [plan((Mischief.REGRESS, Trick()), draws=draws)[-1].place for draws in chances]
    shuffled = [plan((Mischief.SHUFFLED, Trick()), draws=draws)[0].place for draws in chances]
    reversed_ = [plan((Mischief.REVERSED, Trick(probability=0.5)), draws=draws)[0].place for draws in chances]

    assert [round(one.delay, 3) for one in late] == [24.213, 45.587, 49.935]
    assert relapses == [0, 0, 1, 1, 0, 1, 0, 0]
    assert shuffled == [1, 1, 2, 0, 1, 1, 1, 1]
    assert reversed_ == [2, 2, 2, 2, 0, 2, 2, 0]


ORDERS = st.sampled_from([(Mischief.REVERSED, Trick()), (Mischief.SHUFFLED, Trick()), given_order(DONE, SENT, DONE)])
OTHERS = st.sampled_from([(kind, Trick(probability=0.5)) for kind in (Mischief.DROP, Mischief.REGRESS, Mischief.LATE)])


@given(st.tuples(ORDERS, OTHERS, OTHERS), st.integers())
def test_nothing_is_lost_but_what_is_dropped_and_keys_tell_departures_apart(
    tricks: tuple[tuple[Mischief, Trick], ...], seed: int
) -> None:
    found = plan(*tricks, draws=Draws(seed))

    assert {departure.place for departure in found} == {0, 1, 2}
    assert len({departure.key for departure in found}) == len(found)
    assert all(departure.after >= departure.place for departure in found)
    assert all(departure.times or Mischief.DROP in departure.mischiefs for departure in found)


@pytest.mark.parametrize("kind", [Mischief.REVERSED, Mischief.SHUFFLED])
def test_a_life_that_ends_early_keeps_the_order_of_what_is_left(kind: Mischief) -> None:
    for n in range(20):
        whole = plan((kind, Trick()), draws=Draws(n))
        short = plan((kind, Trick()), life=(QUEUED, Status.FAILED), draws=Draws(n))
        assert [one.place for one in short] == [one.place for one in whole if one.place < 2]


def test_an_order_that_is_left_to_chance_is_met_by_its_share_of_messages() -> None:
    found = [plan((Mischief.REVERSED, Trick(probability=0.3)), draws=Draws(7, "x", n)) for n in range(1_000)]

    orders = {tuple(waits(each)) for each in found}
    assert orders == {((0, 0), (1, 1), (2, 2)), ((2, 2), (1, 2), (0, 2))}
    assert 250 <= sum(each[0].place == 2 for each in found) <= 350


def test_of_two_orders_the_first_counts() -> None:
    found = plan(given_order(SENT, DONE), (Mischief.REVERSED, Trick()), life=(SENT, DONE))

    assert waits(found) == [(0, 0), (1, 1)]
