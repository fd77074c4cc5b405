"""A summary as one page of HTML that needs nothing else: no script, no network."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from fake_twilio.load.summary import Figure, Summary
from fake_twilio.load.summary_charts import histogram_chart, rate_chart
from fake_twilio.load.summary_text import MEASURED, agreement_lines, figure_cells

MOST_CHARTS = 6
_FIRST = ("send", "callback_lag", "delivered", "reply")  # what a load is mostly about


def to_page(summary: Summary) -> str:
    """Return the whole page; whatever a name says is escaped."""
    style = files("fake_twilio.load").joinpath("summary.css").read_text("utf-8")
    mark = "pass" if summary.is_met else "fail"
    parts = [
        f'<h1>Load test: <span class="{mark}">{escape(summary.outcome)}</span></h1>',
        f"<p>{escape(summary.began_at)}, {summary.seconds:.1f} s</p>",
        _verdicts(summary),
        _figures(summary.figures),
        *map(_chart, _charted(summary.figures)),
        _rates(summary),
        _section("Counted", [(name, str(count)) for name, count in summary.counts]),
        _section("What ran", summary.ran),
        _section("Versions", summary.versions),
    ]
    body = "\n".join(part for part in parts if part)
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load test: {escape(summary.outcome)}</title><style>
{style}</style></head>
<body>
{body}
</body>
</html>
"""


def _verdicts(summary: Summary) -> str:
    lines = [(verdict.line, verdict.is_met) for verdict in summary.verdicts]
    lines += [(line, summary.is_agreed) for line in agreement_lines(summary)]
    if not lines:
        return ""
    items = "\n".join(f'<li class="{"pass" if is_met else "fail"}">{escape(line)}</li>' for line, is_met in lines)
    return f"<h2>Judged</h2>\n<ul>\n{items}\n</ul>"


def _figures(figures: Iterable[Figure]) -> str:
    rows = [_row([figure.name, *figure_cells(figure)]) for figure in figures]
    if not rows:
        return "<h2>Measured</h2>\n<p>Nothing was measured.</p>"
    head = "".join(f"<th>{name}</th>" for name in ("", *MEASURED))
    return "\n".join(["<h2>Measured</h2>", f"<table><thead><tr>{head}</tr></thead><tbody>", *rows, "</tbody></table>"])


def _charted(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures that are drawn: those that a load is about first, then what was measured most often."""

    def weight(figure: Figure) -> tuple[int, int]:
        place = _FIRST.index(figure.name) if figure.name in _FIRST else len(_FIRST)
        return place, -figure.times

    return sorted(figures, key=weight)[:MOST_CHARTS]


def _chart(figure: Figure) -> str:
    told = f"How long <code>{escape(figure.name)}</code> took (logarithmic), and how many took so long."
    return f"<figure>\n{histogram_chart(figure)}\n<figcaption>{told}</figcaption>\n</figure>"


def _rates(summary: Summary) -> str:
    if not summary.rates:
        return ""
    told = "Requests in each second, and those that failed (dashed)."
    return f"<figure>\n{rate_chart(summary.rates)}\n<figcaption>{told}</figcaption>\n</figure>"


def _section(title: str, pairs: Iterable[tuple[str, str]]) -> str:
    rows = [_row(pair) for pair in pairs]
    return "\n".join([f"<h2>{title}</h2>", "<table><tbody>", *rows, "</tbody></table>"]) if rows else ""


def _row(cells: Iterable[str]) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in others)}</tr>'
