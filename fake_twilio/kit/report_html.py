"""The report as one page of HTML that needs nothing else: no script, no network."""

from html import escape

from fake_twilio.domain.rules.failures import ERROR_PATHS, ErrorPath, Family
from fake_twilio.kit.habits import Habit, Mark, habits
from fake_twilio.kit.share import Share

MAX_TESTS = 5  # that are named for each failure
_STYLE = """
:root { color-scheme: light dark; --line: #ccd; --good: #176b2c; --bad: #b3261e; --doubt: #8a5a00; --faint: #667; }
@media (prefers-color-scheme: dark) {
  :root { --line: #445; --good: #7ddc93; --bad: #ff9a92; --doubt: #f0c060; --faint: #99a; }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
code { font-size: .85em; overflow-wrap: anywhere; }
.pass { color: var(--good); } .fail { color: var(--bad); } .warn { color: var(--doubt); } .none { color: var(--faint); }
"""
_CLASSES = {Mark.PASS: "pass", Mark.WARN: "warn", Mark.FAIL: "fail", Mark.NOT_SEEN: "none"}


def report_html(share: Share) -> str:
    """Return the whole page; names of tests are escaped."""
    sections = "\n".join(_family(family, share) for family in Family)
    lines = "\n".join(_habit(habit) for habit in habits(share.conduct))
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Failures exercised</title><style>{_STYLE}</style></head>
<body>
<h1>{share.met} of {len(ERROR_PATHS)} failures exercised</h1>
<p>How to get it: a line of a scenario file, which also has <code>about:</code> and
<code>include: [delivered]</code>, or what to do in words.</p>
{sections}
<h2>How the apps behaved</h2>
<table><thead><tr><th>Mark</th><th>Habit</th><th>Seen</th><th>Advice</th></tr></thead><tbody>
{lines}
</tbody></table>
</body>
</html>
"""


def _family(family: Family, share: Share) -> str:
    rows = "\n".join(_row(path, share) for path in ERROR_PATHS if path.family is family)
    head = "<tr><th>Failure</th><th>What it is</th><th>Exercised by</th><th>How to get it</th></tr>"
    return f"<h2>{escape(family.capitalize())}</h2>\n<table><thead>{head}</thead><tbody>\n{rows}\n</tbody></table>"


def _row(path: ErrorPath, share: Share) -> str:
    tests = sorted(share.tests_of(path.name))
    shown = "<br>".join(f"<code>{escape(test)}</code>" for test in tests[:MAX_TESTS])
    more = f"<br>and {len(tests) - MAX_TESTS} more" if len(tests) > MAX_TESTS else ""
    by = f'<td class="pass">{shown}{more}</td>' if tests else '<td class="fail">never</td>'
    how = f"<code>{escape(path.how)}</code>" if path.is_scenario else escape(path.how)
    return f"<tr><td>{escape(path.name)}</td><td>{escape(path.about)}</td>{by}<td>{how}</td></tr>"


def _habit(habit: Habit) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in (habit.name, habit.told, habit.advice))
    return f'<tr><td class="{_CLASSES[habit.mark]}">{escape(habit.mark)}</td>{cells}</tr>'
