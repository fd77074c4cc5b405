"""G9: processes that fork from one that is sending cross no answers, send nothing twice, and get stuck nowhere.

Run as ``python -m tests.e2e.forks [FORKS] [SENDS] [SEED]``; it prints ``name value goal PASS|FAIL``. The judge, a
process of its own, writes down what was sent and answers with the text that it got. With a `requests.Session` in place
of our client the same is done once more, to show that this can fail.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from loadtests.bench.figures import report

ROOT = Path(__file__).parents[2]
NAIVE_FORKS, NAIVE_SENDS = 4, 50
# Not under coverage: it has locks of its own.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def run(variant: str, forks: int, sends: int, seed: int) -> Counter[str]:
    """Return what was found when so many children sent so many messages each."""
    with TemporaryDirectory() as folder:
        ledger = Path(folder, "ledger")
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bulk_judge", str(ledger), str(seed), "0", "0"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if variant == "naive" else None,  # it is sent what makes no sense
            text=True,
            cwd=ROOT,
        ) as judge:
            assert judge.stdout is not None
            url = f"http://127.0.0.1:{int(judge.stdout.readline())}"
            told = _send(variant, url, folder, forks, sends, seed)
            judge.communicate("")
        return _judged(told, ledger)


def _send(variant: str, url: str, folder: str, *numbers: int) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.forked_sender", variant, url, folder, *map(str, numbers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=ENVIRONMENT)
    return json.loads(done.stdout)


def _judged(told: dict[str, object], ledger: Path) -> Counter[str]:
    lines = ledger.read_text("utf-8").splitlines()
    held = Counter(json.loads(line)["body"] for line in lines)
    told_sent = told.pop("sent")
    return Counter(
        {
            **told,
            "duplicated": sum(times > 1 for times in held.values()),
            "sent well": len(told_sent),
            "sent well but not held": len(set(told_sent) - set(held)),
            "by children": sum(text.startswith("child") for text in told_sent),
            "by the parent": sum(text.startswith("parent") for text in told_sent),
        }
    )


def main(forks: int = 32, sends: int = 1000, seed: int = 1) -> int:
    found, usual = run("ours", forks, sends, seed), run("naive", NAIVE_FORKS, NAIVE_SENDS, seed)
    wrong = ("crossed", "duplicated", "stuck", "failed", "sent well but not held")
    figures = [(f"G9_{name.replace(' ', '_')}", found[name], "==0") for name in wrong]
    wanted, naive_wrong = forks * sends, usual["crossed"] + usual["failed"]
    figures += [
        ("G9_sent_by_children", found["by children"], f"=={wanted}"),
        ("G9_sent_by_the_parent", found["by the parent"], ">=1"),
        ("naive_crossed_or_failed", naive_wrong, ">=1"),
    ]
    are_met = [report(*figure) for figure in figures]
    return 0 if all(are_met) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
