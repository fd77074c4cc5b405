"""Short runs of the benches tell every figure; whether a goal is met depends on the machine and is not judged."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "loadtests" / "bench"
VERDICT = r" \S+ (PASS|FAIL)"
LOOKS = ("page", "fetch", "search_by_recipient", "search_by_sender")
SENDS = ("send", "urllib3", "session_post", "official_sdk")
SHORT: dict[str, tuple[str, list[str], list[str]]] = {
    "client": (
        "20 50",
        [
            "send_cpu_of_session_post",
            "send_cpu_of_official_sdk",
            "bulk_of_bare_threads",
            "journalled_bulk_of_bare_threads",
        ],
        [f"{name}_cpu_us" for name in SENDS],
    ),
    "imports": (
        "1",
        ["import_ms_over_requests", "import_client_ms_over_requests"],
        ["make_client_ms_over_requests", "import_fake_twilio_ms_over_python"],
    ),
    "fixture": ("2 1", ["fixture_start_ms", "fixture_stop_ms", "fixture_reset_ms", "hundred_tests_s"], []),
    "serve": ("1", ["serve_first_answer_s", "serve_memory_mib"], []),
    "matching": ("", ["match_1000_rules_us"], []),
    "store_growth": (
        "10000",
        [f"bytes_a_message_at_{size}" for size in (1000, 10000)] + [f"{name}_10000_over_1000" for name in LOOKS],
        [f"{name}_us_at_{size}" for name in LOOKS for size in (1000, 10000)],
    ),
    "post_messages": (
        "10 1",
        ["fake_post_over_bare_flask"],
        ["bare_flask_requests_a_second", "fake_requests_a_second"],
    ),
    "alternatives": (
        "--only pytest_httpserver --requests 10 --rounds 1",
        [],
        ["pytest_httpserver_requests_a_second", "fake_over_pytest_httpserver"],
    ),
    "where_time_goes": (
        "100 3",
        [],
        ["posted_cpu_us", "posted_share_of_wire", "told_cpu_us", "told_share_of_sending"],
    ),
    "callbacks": (
        "50 50 1",
        [
            "messages_a_second_with_two_callbacks",
            "callback_lag_p99_ms_at_half_rate",
            "callbacks_over_bare_urllib3_pool",
        ],
        ["callback_lag_p50_ms_at_half_rate", "bare_urllib3_callbacks_a_second", "callbacks_a_second"],
    ),
}


@pytest.mark.parametrize("name", SHORT)
def test_a_short_run_tells_every_figure(name: str) -> None:
    words, judged, told = SHORT[name]
    command = [sys.executable, str(BENCH / f"{name}.py"), *words.split()]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=55)

    assert done.returncode == 0, done.stderr
    for figure in judged:
        assert re.search(rf"^{figure} [\d.e+-]+{VERDICT}$", done.stdout, re.MULTILINE), done.stdout
    for figure in told:
        assert re.search(rf"^{figure} [\d.e+-]+$", done.stdout, re.MULTILINE), done.stdout


def test_who_is_not_installed_is_skipped_by_name(tmp_path: Path) -> None:
    command = [sys.executable, str(BENCH / "alternatives.py"), "--only", "moto", "wiremock"]

    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=55, env={"PATH": str(tmp_path)})

    assert done.stdout == "skipped moto: not installed\nskipped wiremock: not installed\n"
