"""What mutmut changed is read, told apart by its reason, and counted part by part."""

import subprocess
import sys

import pytest

from tests.packaging.ci import ROOT, ci_module

parts, project = (ci_module(name) for name in ("mutation_parts", "project"))
Change, Part = parts.Change, parts.Part
DIFF = """# twilio_sms.resilience.notices.xǁNoticesǁtell__mutmut_1: survived
--- twilio_sms/resilience/notices.py
+++ twilio_sms/resilience/notices.py
@@ -1,4 +1,4 @@
 def tell(self) -> None:
-    raise JournalError(
-        "one"
+    raise JournalError(
+        None
     )
"""
COLLECT_TWICE = """
import sys, pytest

class Seen:
    def pytest_collection_finish(self, session):
        self.ids = {item.nodeid for item in session.items}

QUIETLY = ("-q", "--collect-only", "-n0", "-pno:cacheprovider", "-Wignore::pytest.PytestAssertRewriteWarning")
first, second = Seen(), Seen()
for seen in (first, second):
    pytest.main([*QUIETLY, *sys.argv[1:]], plugins=[seen])
print(len(first.ids), first.ids - second.ids, file=sys.stderr)
"""
SAME = Change("is_mine = False", "is_mine = None")
OTHER = Change("is_mine = False", "is_mine = True")


def test_a_change_is_what_was_taken_out_and_what_was_put_there():
    assert Change.parse(DIFF) == Change('raise JournalError( "one"', "raise JournalError( None")


@pytest.mark.parametrize(
    ("removed", "added", "has_reason"),
    [
        (*SAME, True),
        (*OTHER, False),
        ('raise ValidationError("a form has no bodySHA256")', "raise ValidationError(None)", True),
        ('run("SELECT id FROM job")', 'run("select id from job")', True),
        ('run("SELECT id FROM job")', 'run("XXSELECT id FROM jobXX")', False),
        ("run(\"SELECT id WHERE state = 'UNKNOWN'\")", "run(\"select id where state = 'unknown'\")", False),
        ('text.decode("ascii")', 'text.decode("ASCII")', True),
        ('raise ValidationError("no ASCII")', 'raise ValidationError("no ascii")', False),
    ],
)
def test_a_change_has_a_reason_only_if_no_test_can_notice_it(removed, added, has_reason):
    assert (Change(removed, added).reason() is not None) is has_reason


def test_what_means_the_same_is_left_out_of_one_score_and_counted_in_the_other():
    part = Part("breaker", 10, (("a.py", SAME), ("a.py", OTHER)))

    assert (part.noticed, part.same) == (8, 1)
    assert (part.score_of_all, part.score) == (0.8, 8 / 9)


def test_each_file_that_is_changed_belongs_to_one_part():
    patterns = [pattern for patterns in parts.PARTS.values() for pattern in patterns]

    assert sorted(patterns) == sorted(project.SETTINGS["tool"]["mutmut"]["only_mutate"])
    assert [pattern for pattern in patterns if not list(ROOT.glob(pattern))] == []
    assert parts.part_of("twilio_sms/bulk/journal_row.py") == "journal"


def test_each_reason_is_for_a_line_of_the_code():
    code = {
        line.strip()
        for patterns in parts.PARTS.values()
        for each in patterns
        for path in ROOT.glob(each)
        for line in path.read_text("utf-8").splitlines()
    }

    assert [same.line for same in parts.SAME if same.line not in code] == []


def test_each_test_is_found_again_by_the_name_that_it_had_in_the_run_before():
    """A test that is not found looks like one that failed; pytest escapes what ``ids=repr`` gives anew in each run."""
    picked = project.SETTINGS["tool"]["mutmut"]["pytest_add_cli_args_test_selection"]

    told = subprocess.run([sys.executable, "-c", COLLECT_TWICE, *picked], cwd=ROOT, capture_output=True, text=True)

    count, lost = told.stderr.split(maxsplit=1)
    assert int(count) > 1_000
    assert lost.strip() == "set()"
