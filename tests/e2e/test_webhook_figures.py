"""The figures of webhooks that were seen, in short; the kills also show that they can fail."""

import subprocess
import sys
from pathlib import Path

from tests.e2e import webhook_kills


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
