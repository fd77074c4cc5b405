"""Tests of the report in a terminal."""

from fake_twilio.domain.rules.failures import ERROR_PATHS
from fake_twilio.kit.conduct import Conduct
from fake_twilio.kit.report_text import HINT, report_lines
from fake_twilio.kit.share import Share


def test_it_tells_what_was_exercised_and_how_to_get_the_rest() -> None:
    lines = report_lines(Share({"hang": frozenset({"t"})}))

    assert lines[0] == f"1 of {len(ERROR_PATHS)} failures exercised"
    assert "faults on the wire, 1 of 10: hang" in lines
    place = lines.index("  never   opted_out: The recipient said STOP (21610).")
    assert lines[place + 1].strip() == "rules: [{then: {refuse: 21610}}]"
    assert HINT in lines
    assert not any("  hang:" in line for line in lines)


def test_a_suite_that_exercises_all_needs_no_hint() -> None:
    lines = report_lines(Share({path.name: frozenset({"t"}) for path in ERROR_PATHS}))

    assert HINT not in lines
    assert not any("never" in line for line in lines[:8])


def test_it_tells_how_the_apps_behaved_with_advice_where_it_helps() -> None:
    lines = report_lines(Share(conduct=Conduct(stops=1, sent_after_stop=2, lost_answers=1)))

    bad = lines.index("  FAIL      opt-outs are respected: opted out: 1, written to all the same (21610): 2")
    assert lines[bad + 1].strip().startswith("remember who said STOP")
    good = next(number for number, line in enumerate(lines) if line.startswith("  PASS      nothing is sent twice"))
    assert lines[good + 1].startswith("  not seen")
