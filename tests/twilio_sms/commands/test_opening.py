"""The account comes from the environment, and an opt-out list is never made."""

from pathlib import Path

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.opening import open_client
from twilio_sms.commands.stopping import Stop
from twilio_sms.errors import OptOutUnknownError, ValidationError
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

PLAIN = Campaign(file="people.csv")


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ACCOUNT_SID", ACCOUNT_SID), ("AUTH_TOKEN", AUTH_TOKEN), ("BASE_URL", "http://127.0.0.1:1")):
        monkeypatch.setenv(f"TWILIO_{name}", value)


@pytest.mark.parametrize(
    ("given", "used"), [(None, "http://127.0.0.1:1"), ("http://127.0.0.1:2", "http://127.0.0.1:2")]
)
def test_an_address_that_is_given_wins_over_the_variables(given: str | None, used: str) -> None:
    with open_client(PLAIN, given, Stop()) as client:
        assert (client.account_sid, client.base_url) == (ACCOUNT_SID, used)


def test_without_an_account_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TWILIO_ACCOUNT_SID")

    with pytest.raises(ValidationError, match="TWILIO_ACCOUNT_SID"), open_client(PLAIN, None, Stop()):
        raise AssertionError


def test_an_opt_out_list_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "opt_outs.db"

    campaign = PLAIN.changed({"opt_outs": str(path)})

    with pytest.raises(OptOutUnknownError), open_client(campaign, None, Stop()):
        raise AssertionError

    assert not path.exists()


def test_the_opt_out_list_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "opt_outs.db"
    SqliteOptOuts(path).close()

    with open_client(PLAIN.changed({"opt_outs": str(path)}), None, Stop()) as client:
        client.opt_outs.add("+15551234567")

        assert client.opt_outs.is_opted_out("+15551234567")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not show what is open")
def test_the_opt_out_list_is_closed_with_the_client(tmp_path: Path) -> None:
    path = tmp_path / "opt_outs.db"
    SqliteOptOuts(path).close()

    with open_client(PLAIN.changed({"opt_outs": str(path)}), None, Stop()) as client:
        assert path in open_files()

    assert path not in open_files(), client


def open_files() -> set[Path]:
    return {link.resolve() for link in Path("/proc/self/fd").iterdir()}


def test_who_waits_is_told_of_trouble() -> None:
    lines: list[str] = []

    with open_client(PLAIN, None, Stop(), lines.append) as client:
        for _ in range(BreakerPolicy().failures):
            client.breaker.note(client.breaker.admit(), Outcome.FAILURE)

    assert lines == ["Twilio gives no answer; rows wait until Twilio answers"]
