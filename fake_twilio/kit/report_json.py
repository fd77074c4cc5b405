"""The report as JSON."""

import json
from typing import Any

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.habits import habits
from fake_twilio.kit.share import Share


def report_json(share: Share) -> str:
    """Return ``exercised``, ``total``, ``failures``, ``conduct`` and ``counts`` as a text of JSON."""
    tree = {
        "exercised": share.met,
        "total": len(ERROR_PATHS),
        "failures": _failures(share),
        "conduct": [
            {"name": habit.name, "mark": habit.mark, "told": habit.told, "advice": habit.advice}
            for habit in habits(share.conduct)
        ],
        "counts": share.conduct.counts(),
    }
    return json.dumps(tree, indent=2) + "\n"


def _failures(share: Share) -> list[dict[str, Any]]:
    return [
        {
            "name": path.name,
            "family": path.family,
            "about": path.about,
            "how": path.how,
            "scenario": path.scenario,
            "tests": sorted(share.tests_of(path.name)),
        }
        for path in ERROR_PATHS
    ]
