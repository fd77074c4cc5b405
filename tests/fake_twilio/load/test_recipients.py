from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.values.numbers import is_e164, to_e164
from fake_twilio.load.errors import LoadError
from fake_twilio.load.recipients import AREA_CODES, Recipients
from twilio_sms.domain.phone import PhoneNumber


def some(worker_index: int, number: int) -> list[str]:
    recipients = Recipients(worker_index)
    return [recipients.fresh() for _ in range(number)]


@given(st.lists(st.integers(0, len(AREA_CODES) - 1), min_size=1, max_size=6, unique=True), st.integers(1, 50))
def test_no_two_workers_write_to_one_number(workers: list[int], number: int) -> None:
    given_away = [each for worker in workers for each in some(worker, number)]

    assert len(set(given_away)) == len(workers) * number


@pytest.mark.parametrize("worker_index", [0, 1, 79])
def test_a_recipient_can_be_one_for_client_and_fake(worker_index: int) -> None:
    (number,) = some(worker_index, 1)

    assert is_e164(number)
    assert to_e164(number, None) == number
    assert PhoneNumber.parse(number).e164 == number


def test_nobody_has_these_numbers() -> None:
    assert {code[1] for code in AREA_CODES} == {"9"}
    assert len(set(AREA_CODES)) == 80


@pytest.mark.parametrize("worker_index", [-1, 80])
def test_there_are_no_more_workers_than_area_codes(worker_index: int) -> None:
    with pytest.raises(LoadError, match=f"at most 80 workers, is number {worker_index}: start fewer"):
        Recipients(worker_index)


def test_numbers_run_out_rather_than_come_again() -> None:
    recipients = Recipients(0)
    recipients._numbers = islice(iter(range(10_000_000 - 1, 10_000_001)), None)  # type: ignore[assignment] # at its end

    assert recipients.fresh() == "+12909999999"
    with pytest.raises(LoadError, match="start more workers"):
        recipients.fresh()
