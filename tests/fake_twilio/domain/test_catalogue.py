"""Tests of the catalogue, against what Twilio's error dictionary says."""

import pytest

from fake_twilio.domain.catalogue import CATALOGUE

# Twilio, error dictionary and "Twilio's response": the statuses that were recorded or documented.
STATUSES = [(20003, 401), (20004, 405), (20403, 403), (20404, 404), (20429, 429), (20500, 500), (20503, 503)]
STATUSES += [(code, 400) for code in (21211, 21408, 21602, 21603, 21604, 21610, 21611, 21614, 21617, 21619, 21659)]

TITLES = [
    (30001, "Queue overflow"),
    (30003, "Unreachable destination handset"),
    (30004, "Message blocked"),
    (30005, "Unknown destination handset"),
    (30006, "Landline or unreachable carrier"),
    (30007, "Message filtered"),
    (30008, "Unknown error"),
    (30034, "US A2P 10DLC - Message from an Unregistered Number"),
    (30036, "Validity Period Expired"),
]


@pytest.mark.parametrize(("code", "status"), STATUSES, ids=str)
def test_a_refusal_has_the_recorded_http_status(code: int, status: int) -> None:
    assert CATALOGUE[code].status == status


@pytest.mark.parametrize(("code", "title"), TITLES, ids=str)
def test_an_error_of_a_delivery_has_its_title_and_refuses_no_request(code: int, title: str) -> None:
    entry = CATALOGUE[code]

    assert (entry.title, entry.status) == (title, None)


def test_every_status_is_one_of_an_error() -> None:
    strange = {code for code, entry in CATALOGUE.items() if entry.status is not None and not 400 <= entry.status < 600}

    assert strange == set()


def test_every_code_has_five_digits_and_a_title() -> None:
    strange = [code for code, entry in CATALOGUE.items() if not 10_000 <= code <= 99_999 or not entry.title.strip()]

    assert strange == []
