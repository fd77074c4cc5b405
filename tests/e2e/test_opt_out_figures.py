"""The figures of opt-outs, in short: reliability, G20 to G23; each also shows that it can fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import opt_out_age, opt_out_faults, opt_out_histories, opt_out_kills, opt_out_words


def test_what_means_stop_is_understood_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert opt_out_words.main()
    assert "FAIL" not in capsys.readouterr().out


def test_nobody_is_texted_whose_opt_out_cannot_be_read() -> None:
    assert opt_out_faults.main(points=80, seed=1)


def test_an_acknowledged_stop_survives_a_kill() -> None:
    assert opt_out_kills.main(kills=4, seed=1)


def test_duplicates_and_wrong_order_change_nothing() -> None:
    assert opt_out_histories.main(histories=500, seed=1)


def test_neither_time_nor_a_restart_nor_a_restore_opts_anybody_in() -> None:
    assert opt_out_age.main(count=40, seed=1)


def test_the_price_of_a_check_is_told() -> None:
    bench = Path(__file__).parents[2] / "loadtests/bench/opt_outs.py"

    done = subprocess.run([sys.executable, str(bench), "100"], capture_output=True, text=True, check=True)

    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "opt_out_cache_hit_us",
        "opt_out_check_hit_us",
        "opt_out_check_fresh_us",
        "opt_out_read_us",
        "opt_out_record_us",
    ]
