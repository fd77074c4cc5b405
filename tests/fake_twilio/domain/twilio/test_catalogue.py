"""Tests of the catalogue, against what Twilio's error dictionary says."""

import json
from pathlib import Path

import pytest

from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE, RETRY_MAY_HELP, Kind, kind_of

SHARED = Path(__file__).parents[5] / "shared"
FILE = SHARED / "reference" / "data" / "error_codes.json"

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


# Twilio, error dictionary: a limit, an outage or a full queue passes; what the request says does not.
@pytest.mark.parametrize("code", [20429, 20500, 20503, 21611, 30001, 30003, 30022], ids=str)
def test_what_passes_by_itself_may_be_tried_again(code: int) -> None:
    assert code in RETRY_MAY_HELP


@pytest.mark.parametrize("code", [20003, 21211, 21408, 21610, 21617, 30004, 30005, 30006, 30007, 30034], ids=str)
def test_what_a_person_must_change_is_not_tried_again(code: int) -> None:
    assert code in CATALOGUE
    assert code not in RETRY_MAY_HELP


def test_a_code_turns_up_in_an_answer_or_with_a_message() -> None:
    assert [kind_of(code) for code in (21610, 60600, 30007, 21703)] == [Kind.API] * 2 + [Kind.DELIVERY] * 2
    with pytest.raises(LookupError):
        kind_of(99_999)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the table of Twilio's codes does not lie beside this checkout")
def test_the_catalogue_is_the_table_of_twilios_codes() -> None:
    told = {
        entry["code"]: entry for entry in json.loads(FILE.read_text("utf-8"))["codes"] if entry["kind"] != "webhook"
    }

    wanted = {code: (e["http_status"], e["kind"], e["retryable"], e["title"]) for code, e in told.items()}
    here = {
        code: (entry.status, kind_of(code), code in RETRY_MAY_HELP, entry.title) for code, entry in CATALOGUE.items()
    }
    assert here == wanted


@pytest.mark.skipif(not SHARED.is_dir(), reason="the table of Twilio's codes does not lie beside this checkout")
def test_the_alerts_are_those_of_the_table_of_twilios_codes() -> None:
    told = json.loads(FILE.read_text("utf-8"))["codes"]

    assert {entry["code"]: entry["title"] for entry in told if entry["kind"] == "webhook"} == ALERTS
