"""The wire against a server that fails in every way, over http and https: what a failure proves, and what is sent."""

from dataclasses import replace

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from tests.faulty_twilio import CERTIFICATE
from tests.wire_clients import BODY, FAST, PATIENT, client_at, config_for, send
from tests.wire_proofs import points
from twilio_sms.errors import ConnectionFailedError
from twilio_sms.verdict import Phase, Verdict

MATRIX = [
    pytest.param(scheme, is_kept, fault, proof, id=f"{scheme}-{'kept' if is_kept else 'new'}-{fault}")
    for scheme in ("http", "https")
    for is_kept in (False, True)
    for fault, proof in points(scheme, is_kept=is_kept).items()
]


@pytest.mark.parametrize(("scheme", "is_kept", "fault", "proof"), MATRIX)
def test_a_fault_proves_what_it_proves_and_sends_at_most_once(twilios, scheme, is_kept, fault, proof):
    twilio = twilios.get(scheme)
    with client_at(twilio.url, config_for(fault)) as client:
        if is_kept:
            assert send(client) is None
        before = twilio.processed()
        twilio.arm(fault)

        error = send(client)

        verdict = error.verdict if error else None
        sent = twilio.processed() - before
        assert verdict in proof
        assert sent <= 1
        assert sent == 0 or verdict is not Verdict.NOT_SENT
        assert sent == 1 or verdict not in (None, Verdict.ACCEPTED)
        assert error is None or error.repeatable == (verdict is Verdict.NOT_SENT)


def test_there_are_as_many_faults_as_the_figure_asks_for():
    assert len(points("http", is_kept=True)) >= 24


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("fault", ["500", "503 with retry-after", "reset after the request", "307 to itself"])
def test_the_usual_retrying_session_sends_twice_against_the_same_faults(twilios, scheme, fault):
    twilio = twilios.get(scheme)
    naive = requests.Session()
    naive.mount(f"{scheme}://", HTTPAdapter(max_retries=Retry(3, allowed_methods=None, status_forcelist=[500, 503])))
    twilio.arm(fault)

    with naive:
        naive.post(f"{twilio.url}/Messages.json", data={"Body": BODY}, timeout=2, verify=CERTIFICATE)

    assert twilio.processed() > 1


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_kept_connection_that_the_server_closed_is_left_alone(twilios, scheme):
    twilio = twilios.get(scheme)
    with client_at(twilio.url) as client:
        assert send(client) is None
        twilio.arm("close while idle")

        assert send(client) is None

    assert [held.is_refused for held in twilio.held()] == [False, False]
    assert len({held.port for held in twilio.held()}) == 2


@pytest.mark.parametrize("fault", ["hang after the request", "garbage status line", "reset before reading"])
def test_a_server_without_tls_is_told_nothing_by_a_client_that_wants_it(twilios, fault):
    twilio = twilios.get("http")
    twilio.arm(fault)
    with client_at(twilio.url.replace("http", "https", 1), FAST) as client:
        error = send(client)

    assert isinstance(error, ConnectionFailedError)
    assert error.phase is Phase.OPENING
    assert twilio.held() == []


def test_a_certificate_that_nobody_vouches_for_is_told_nothing(twilios):
    twilio = twilios.get("https")
    with client_at(twilio.url, replace(PATIENT, ca_bundle=None)) as client:
        error = send(client)

    assert isinstance(error, ConnectionFailedError)
    assert "certificate" in str(error)
    assert twilio.held() == []
