"""Tests of the report as JSON."""

import json

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.conduct import Conduct
from fake_twilio.kit.report_json import report_json
from fake_twilio.kit.share import Share


def test_it_has_every_failure_with_its_tests_and_every_habit() -> None:
    tree = json.loads(report_json(Share({"hang": frozenset({"b", "a"})}, Conduct(callbacks=1))))

    assert (tree["exercised"], tree["total"]) == (1, len(ERROR_PATHS))
    assert {one["name"]: one["tests"] for one in tree["failures"] if one["tests"]} == {"hang": ["a", "b"]}
    assert set(tree["failures"][0]) == {"name", "family", "about", "how", "scenario", "tests"}
    assert set(tree["conduct"][0]) == {"name", "mark", "told", "advice"}
    assert tree["counts"]["callbacks"] == 1
