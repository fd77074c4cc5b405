"""When a trick strikes the callback of a status."""

import pytest

from fake_twilio.domain.fate.chaos import CALM, Chaos, Mischief, Trick
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import Status

DRAWS = Draws(7, "+15551234567", 1)


def test_without_tricks_nothing_happens() -> None:
    assert CALM.trick(Mischief.DROP, Status.SENT, DRAWS) is None
    assert not CALM.has(Mischief.DROP)


def test_a_trick_strikes_every_status_unless_it_names_some() -> None:
    chaos = Chaos(((Mischief.DROP, Trick()), (Mischief.LATE, Trick(statuses=frozenset({Status.SENT})))))

    assert chaos.trick(Mischief.DROP, Status.DELIVERED, DRAWS) == Trick()
    assert chaos.trick(Mischief.LATE, Status.SENT, DRAWS) is not None
    assert chaos.trick(Mischief.LATE, Status.DELIVERED, DRAWS) is None


def test_of_two_tricks_of_a_kind_the_first_that_strikes_counts() -> None:
    some, all_of_them = Trick(statuses=frozenset({Status.SENT}), times=3), Trick(times=4)
    chaos = Chaos(((Mischief.DUPLICATE, some), (Mischief.DUPLICATE, all_of_them)))

    assert chaos.trick(Mischief.DUPLICATE, Status.SENT, DRAWS) is some
    assert chaos.trick(Mischief.DUPLICATE, Status.DELIVERED, DRAWS) is all_of_them


@pytest.mark.parametrize("mischief", [Mischief.DROP, Mischief.BAD_SIGNATURE])
def test_chance_strikes_about_as_often_as_it_is_likely_and_each_time_for_the_same_messages(mischief: Mischief) -> None:
    chaos = Chaos(((mischief, Trick(probability=0.25)),))

    def struck() -> list[int]:
        return [n for n in range(2000) if chaos.trick(mischief, Status.SENT, Draws(7, "+15551234567", n))]

    assert 400 < len(struck()) < 600
    assert struck() == struck()


def test_kinds_and_statuses_have_a_chance_of_their_own() -> None:
    half = Chaos(((Mischief.DROP, Trick(probability=0.5)), (Mischief.LATE, Trick(probability=0.5))))

    def struck(mischief: Mischief, status: Status) -> list[bool]:
        return [half.trick(mischief, status, Draws(7, "x", n)) is not None for n in range(100)]

    kinds = [(Mischief.DROP, Status.SENT), (Mischief.DROP, Status.DELIVERED), (Mischief.LATE, Status.SENT)]
    assert len({tuple(struck(*kind)) for kind in kinds}) == 3
