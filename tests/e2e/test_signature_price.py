"""The figures of webhooks' signatures, in short."""

import subprocess
import sys
from pathlib import Path


def test_the_price_of_a_signature_is_told() -> None:
    bench = Path(__file__).parents[2] / "loadtests/bench/webhooks.py"

    done = subprocess.run([sys.executable, str(bench), "20"], capture_output=True, text=True, check=True)

    names = [line.split()[0] for line in done.stdout.splitlines()]
    assert names == ["validate_raw_form_us", "official_validate_us", "validate_of_official"]
