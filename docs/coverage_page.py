"""Write docs/coverage.md: every route and parameter of Twilio's SMS surface, and how far the fake goes."""

import re
from collections.abc import Iterator
from pathlib import Path

from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE, kind_of
from fake_twilio.domain.twilio.coverage import ALERTED, COVERAGE, ENDED, NOTES, PRODUCED, Operation, Support, forms
from fake_twilio.messages.realm import Realm
from fake_twilio.web.app import create_app

PAGE = Path(__file__).with_name("coverage.md")
NOT_OF_TWILIO = "/media/<account_sid>/<message_sid>/<sid>"  # where a file lies; at Twilio that is another host
_HEAD = """# What the fake offers

Made by `make docs-coverage` from the routes and the catalogue; do not edit it by hand.

- *works*: it is acted on.
- *stored only*: it is checked and kept with the message, and nothing comes of it.
- *not yet*: a parameter is taken without a word and ignored, unless a note says more. A route answers 404 with code
  20404, is logged as a warning when it is first asked, and is counted in `FakeTwilio.unknown_routes`.

Behind *works* stand the forms of the answer. In the 2010 API the path decides: it ends in `.json` for JSON, has no
extension for XML, ends in `.csv` for CSV; `Accept` decides nothing (inferred). A refusal has the form of its path, but
that of a `.csv` path is JSON (inferred). A CSV has the filters and pages of the list, and a column for each key of a
message but its links (inferred). It does not tell the next page: ask for it with the same `PageSize` and filters, and
with a `PageToken` that is `PA` and the last `Sid` of the page before.

A parameter that Twilio does not have either is ignored; that of a new message stands in the log.

## Routes
"""
_CODES_HEAD = """
## Error codes

What the fake says by itself. A scenario may have it refuse a message with any other code of Twilio's that refuses
requests, and end a message with any code of a delivery. Where there is a `{place}`, the request's own values stand;
20001, 20003 and 20403 may come with a text that says more.

| code | HTTP status | kind | text |
| --- | --- | --- | --- |
"""
_ALERTS_HEAD = """
## Alerts

What Twilio's debugger would show of a message that came in and of the answer to it, as in `FakeTwilio.alerts`; the code
of whatever a reply is refused with may stand there too.

| code | title |
| --- | --- |
"""


def shape(path: str) -> str:
    """Return a path, of Twilio's or of Flask's, with its places unnamed."""
    return re.sub(r"<(\w+:)?\w+>|\{\w+\}", "{}", path)


def shaped(operation: Operation) -> Operation:
    """Return the operation with the shape of its path."""
    return operation[0], shape(operation[1])


def built() -> set[Operation]:
    """Return the method and the shape of each route that the application has."""
    rules = create_app(_no_realm, lambda: 0.0).url_map.iter_rules()
    wanted = [rule for rule in rules if rule.rule != NOT_OF_TWILIO]
    return {(method, shape(rule.rule)) for rule in wanted for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def page() -> str:
    """Return the whole page."""
    routes = built()
    chapters = [_route(operation, is_built=shaped(operation) in routes) for operation in COVERAGE]
    return _HEAD + "".join(chapters) + _codes()


def _codes() -> str:
    """Return the chapters of codes."""
    alerts = "".join(f"| {code} | {ALERTS[code]} |\n" for code in sorted(ALERTED))
    return _CODES_HEAD + "".join(map(_code, sorted(PRODUCED | ENDED))) + _ALERTS_HEAD + alerts


def _no_realm() -> Realm:
    raise AssertionError("the page asks for the routes and sends no request")


def _route(operation: Operation, *, is_built: bool) -> str:
    method, path = operation
    status = f"*{Support.WORKS}*: {', '.join(forms(operation))}" if is_built else f"*{Support.NOT_YET}*"
    lines = [f"\n### `{method} {path}`", "", status]
    if COVERAGE[operation]:
        lines += ["", "| parameter | | |", "| --- | --- | --- |", *_parameters(operation)]
    return "\n".join(lines) + "\n"


def _parameters(operation: Operation) -> Iterator[str]:
    for name, support in COVERAGE[operation].items():
        yield " | ".join((f"| `{name}`", support, NOTES.get((operation, name), ""))).rstrip() + " |"


def _code(code: int) -> str:
    entry = CATALOGUE[code]
    text = (entry.text or entry.title).replace("|", "\\|")
    return f"| {code} | {entry.status or 'none'} | {kind_of(code)} | {text} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
