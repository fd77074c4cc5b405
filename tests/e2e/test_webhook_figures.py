"""The figures of webhooks that were seen, in short; the kills also show that they can fail."""

import subprocess
import sys
from pathlib import Path

from tests.e2e import webhook_kills, webhook_replay


def test_a_kill_neither_loses_a_webhook_nor_has_it_worked_on_twice() -> None:
    assert webhook_kills.main(kills=5, seed=1)


def test_the_price_of_remembering_is_told() -> None:
    bench = Path(__file__).parents[2] / "loadtests/bench/webhook_store.py"

    done = subprocess.run([sys.executable, str(bench), "5", "10"], capture_output=True, text=True, check=True)

    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "webhook_two_commits_us",
        "webhook_claim_and_finish_us",
        "webhook_claim_and_finish_per_two_commits",
        "webhook_again_us",
        "webhook_in_memory_us",
    ]


def test_what_is_replayed_has_no_second_effect() -> None:
    assert webhook_replay.main(webhooks=300, seed=1)


def test_the_price_of_an_inbound_message_is_told() -> None:
    bench = Path(__file__).parents[2] / "loadtests/bench/webhooks_inbound.py"

    done = subprocess.run([sys.executable, str(bench), "5"], capture_output=True, text=True, check=True)

    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "handle_inbound_us",
        "handle_inbound_commits_alone_us",
        "handle_inbound_of_commits",
    ]
