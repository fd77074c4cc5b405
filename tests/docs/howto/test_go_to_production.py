"""The guide to production: its test passes, it tells the defaults that there are, and mistakes are told as it says."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide
from twilio_sms.config import Config
from twilio_sms.resilience.quota import RetryQuota

TWO_JOBS = """
from twilio_sms import Client, JournalError
with Client.from_env() as client:
    def rows():
        yield {"to": "+15551230001", "body": "hello"}
        client.messages.send_bulk([], journal="sale.db", from_="+14155550101", body="hello")
    client.messages.send_bulk(rows(), journal="sale.db", from_="+14155550101")
"""


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    guide = Guide("go_to_production", tmp_path)
    guide.write()
    return guide


def test_it_can_be_followed(guide: Guide) -> None:
    guide.type("production_run")


def test_the_defaults_are_those_that_there_are(guide: Guide) -> None:
    config, quota = Config(), RetryQuota()
    all_together, each = config.rate_limits.global_rate, config.rate_limits.recipient_rate
    assert all_together is not None
    assert each is not None

    failures, rest_seconds = config.breaker.failures, config.breaker.open_seconds
    told = [
        f"{all_together.per_second:.0f} messages a second (burst {all_together.burst}), "
        f"{each.per_second:.0f} a second to each recipient (burst {each.burst})",
        f"after {failures} failures in a row nothing is tried for {rest_seconds:.0f} seconds",
        f"{config.timeouts.total_seconds:.0f} seconds for a call",
        f"{config.retry.max_attempts} tries",
        f"{quota.capacity} tokens for the client, {quota.retry_cost} for each retry, {quota.success_gain} back",
    ]
    assert [words for words in told if words not in guide.page] == []


def test_mistakes_are_told(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "optouts.db").write_text("no database" * 1000)
    (tmp_path / "two_jobs.py").write_text(TWO_JOBS)
    guide.examples["serve"] = "$ fake-twilio serve\n"
    opened = "python -c 'import sms, pathlib; sms.open_client(pathlib.Path())'"

    not_set = guide.ran(opened)
    with guide.running("serve", until="export "):
        broken = guide.ran(opened)
        twice = guide.ran("python two_jobs.py")

    guide.check_told(not_set + broken + twice)
