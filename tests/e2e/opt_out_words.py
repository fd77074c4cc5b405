"""How well texts are understood: reliability, G21.

Run as ``python tests/e2e/opt_out_words.py``; the texts are ``tests/vectors/opt_out_texts.json``. Prints
``name value goal PASS|FAIL``, also for what Twilio's own filter makes of the same texts: the whole body, one word.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loadtests.bench.figures import report
from twilio_sms.compliance.keywords import Intent, read_intent

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors/opt_out_texts.json").read_text("utf-8"))
MEANT_TO_OPT_OUT = [*VECTORS["fcc"], *VECTORS["twilio"], *VECTORS["variants"]]
HARMLESS = [*VECTORS["doubtful"], *VECTORS["ordinary"]]

Read = Callable[[str], Intent]


def read_as_twilio(text: str) -> Intent:
    """Take only a text that is one keyword: the variant that must fail."""
    return Intent.OPT_OUT if text.strip().upper() in VECTORS["twilio"] else Intent.NONE


def share_understood(read: Read) -> float:
    return sum(read(text) is Intent.OPT_OUT for text in MEANT_TO_OPT_OUT) / len(MEANT_TO_OPT_OUT)


def missed_doubts(read: Read) -> int:
    return sum(read(text) is not Intent.REVIEW for text in VECTORS["doubtful"])


def silent_opt_outs(read: Read) -> int:
    return sum(read(text) is Intent.OPT_OUT for text in HARMLESS)


def main() -> bool:
    figures = (
        report("g21_variants", len(VECTORS["variants"]), ">=60"),
        report("g21_harmless_texts", len(HARMLESS), ">=200"),
        report("g21_opted_out_share", share_understood(read_intent), ">=1"),
        report("g21_silent_opt_outs", silent_opt_outs(read_intent), "<=0"),
        report("g21_doubtful_not_in_review", missed_doubts(read_intent), "<=0"),
        report("g21_as_twilio_opted_out_share", share_understood(read_as_twilio), "<=0.5"),
        report("g21_as_twilio_doubtful_not_in_review", missed_doubts(read_as_twilio), ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
