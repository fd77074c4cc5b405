"""Tests of SIDs and tokens from a seed."""

import re
from hashlib import blake2b
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.values.sids import (
    is_account_sid,
    is_media_sid,
    is_message_sid,
    is_service_sid,
    make_sid,
    make_token,
)

SEEDS = st.integers(0, 2**32 - 1)
ORDINALS = st.integers(-(2**31), 2**31)


@given(SEEDS, ORDINALS)
def test_a_sid_has_twilios_form(seed: int, ordinal: int) -> None:
    sid = make_sid("SM", seed, ordinal)

    assert re.fullmatch(r"SM[0-9a-f]{32}", sid)
    assert is_message_sid(sid)


def test_the_same_seed_gives_the_same_sids() -> None:
    assert [make_sid("SM", 7, n) for n in range(9)] == [make_sid("SM", 7, n) for n in range(9)]


def test_sids_differ_between_ordinals_and_seeds() -> None:
    sids = {make_sid("SM", seed, ordinal) for seed in range(30) for ordinal in range(-30, 30)}

    assert len(sids) == 30 * 60


def test_the_digits_of_a_sid_do_not_depend_on_its_letters() -> None:
    assert make_sid("MM", 7, 1)[2:] == make_sid("SM", 7, 1)[2:]


@given(SEEDS, st.integers(0, 99))
def test_a_token_is_a_uuid_of_version_4(seed: int, number: int) -> None:
    token = make_token(seed, "SM1", number)

    assert (str(UUID(token)), UUID(token).version) == (token, 4)


def test_a_token_is_spelled_as_the_standard_library_spells_a_uuid() -> None:
    digest = blake2b(b"7/SM1/3", digest_size=16, person=b"webhook").digest()

    assert make_token(7, "SM1", 3) == str(UUID(bytes=digest, version=4))


def test_each_webhook_of_each_message_has_its_own_token() -> None:
    tokens = {make_token(seed, sid, number) for seed in (1, 2) for sid in ("SM1", "SM2") for number in range(20)}

    assert len(tokens) == 80


SHAPES = [
    ("AC" + "0a" * 16, True, False),
    ("AC" + "0A" * 16, True, False),
    ("SM" + "0a" * 16, False, True),
    ("MM" + "0a" * 16, False, True),
    ("SM" + "0a" * 15, False, False),
    ("AC" + "0a" * 17, False, False),
    ("BAD_TOKEN", False, False),
    ("AC" + "0g" * 16, False, False),
    ("SM" + "0a" * 16 + "\n", False, False),
    ("", False, False),
]


@pytest.mark.parametrize(("text", "account", "message"), SHAPES, ids=[repr(shape[0]) for shape in SHAPES])
def test_a_sid_is_known_by_its_shape(text: str, account: bool, message: bool) -> None:
    assert (is_account_sid(text), is_message_sid(text)) == (account, message)


MEDIA_SHAPES = [
    ("ME" + "0a" * 16, True),
    ("ME" + "0A" * 16, True),
    ("ME" + "0a" * 15, False),
    ("ME" + "0a" * 16 + "\n", False),
    ("ME" + "0g" * 16, False),
    ("MM" + "0a" * 16, False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), MEDIA_SHAPES, ids=[repr(text) for text, _ in MEDIA_SHAPES])
def test_a_media_sid_is_known_by_its_shape(text: str, expected: bool) -> None:
    assert is_media_sid(text) is expected


SERVICE_SHAPES = [
    ("MG" + "0f" * 16, True),
    ("MG" + "0F" * 16, True),
    ("MG" + "0" * 31, False),
    ("MG" + "0" * 33, False),
]
SERVICE_SHAPES += [("SM" + "0" * 32, False), ("MG" + "g" * 32, False), ("", False)]


@pytest.mark.parametrize(("text", "expected"), SERVICE_SHAPES, ids=[text for text, _ in SERVICE_SHAPES])
def test_the_sid_of_a_service_has_two_letters_and_32_hexadecimal_digits(text: str, expected: bool) -> None:
    assert is_service_sid(text) is expected
