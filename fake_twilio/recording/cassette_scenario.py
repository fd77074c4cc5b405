"""A cassette as a scenario: a rule for each message that was sent, so that it fares as it did.

The rules of a recipient take turns: each takes one message, the first the first one. What happened before a request was
read cannot depend on what it says, so such a rule counts requests, and fits only if they come in the order of the
cassette.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

import yaml

from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.domain.twilio.errors import PHRASES
from fake_twilio.recording.cassette import Recorded
from fake_twilio.recording.course import course_of
from fake_twilio.recording.measured_delays import delay_value
from fake_twilio.recording.notebook import Moment
from fake_twilio.recording.traffic import is_creation, read_sights

_UNREAD = frozenset({"opening", "sending"})  # phases in which the server cannot hold the whole request


def usual() -> list[dict[str, str]]:
    """Return the life of a message of which no more was seen; a new one each time, since YAML would write aliases."""
    return [{"status": "sent", "after": "0ms"}, {"status": "delivered", "after": "0ms"}]


def cassette_scenario(recorded: Sequence[Recorded]) -> str:
    """Return the text of a scenario in which the messages of a cassette fare as they did."""
    moments = _moments(recorded)
    rules, comments = [], []
    for number, each in enumerate(recorded, 1):
        if not is_creation(each.asked):
            continue
        outcome = _outcome(each, moments)
        if outcome is None:
            comments.append(f"# What became of interaction {number} no rule can say.")
        else:
            rules.append({"name": f"interaction {number}", "when": _when(each, number), "then": outcome})
    about = f"The {len(rules)} messages of a cassette fare as they did when it was recorded."
    tree = {"about": about, "rules": rules, "defaults": {"timeline": usual()}}
    return "".join(f"{comment}\n" for comment in comments) + yaml.safe_dump(tree, sort_keys=False, width=120)


def _when(each: Recorded, number: int) -> dict[str, Any]:
    if each.phase in _UNREAD:
        return {"nth": number}
    recipient = parse_qs(each.asked.body.decode()).get("To", ["*"])[-1]
    return {"to": recipient, "first": 1}


def _outcome(each: Recorded, moments: Mapping[str, list[Moment]]) -> dict[str, Any] | None:
    if each.answered is None:
        return {"fault": "reset_before_reading" if each.phase in _UNREAD else {"kind": "reset", "commit": True}}
    tree = _tree(each.answered.body)
    if not 200 <= each.answered.status < 300:
        return _refusal(each, tree)
    if each.is_damaged:
        return {"fault": "half_body", "timeline": usual()}
    if "sid" not in tree:
        return {"fault": "malformed_json", "timeline": usual()}
    course = course_of(moments.get(str(tree["sid"]), ()))
    steps = [
        {"status": stop.status.value, "after": delay_value([delay]), **_error(stop.error_code)}
        for stop, delay in zip(course.stops, course.delays, strict=True)
    ]
    return {"timeline": steps or usual()}


def _refusal(each: Recorded, tree: Mapping[str, Any]) -> dict[str, Any] | None:
    assert each.answered is not None
    status, code = each.answered.status, tree.get("code")
    if not tree and status >= 500 and status in PHRASES:
        return {"fault": {"kind": "html", "status": status}}
    entry = CATALOGUE.get(code) if isinstance(code, int) else None
    if entry is not None and entry.status == status:
        refused: dict[str, Any] = {"code": str(code)}
    elif status in PHRASES:
        refused = {"status": status}
    else:
        return None
    retry_after = dict(each.answered.headers).get("retry-after", "")
    return {"refuse": {**refused, **({"retry_after": f"{int(retry_after)}s"} if retry_after.isdecimal() else {})}}


def _moments(recorded: Sequence[Recorded]) -> dict[str, list[Moment]]:
    """Return how each message looked, and how long after it was made; only what was made in the cassette counts."""
    began: dict[str, float] = {}
    found: dict[str, list[Moment]] = {}
    for each in recorded:
        for sid, moment in _sights(each):
            if is_creation(each.asked):
                began[sid] = each.at
            if sid in began:
                found.setdefault(sid, []).append(
                    Moment(moment.status, max(0.0, each.at - began[sid]), moment.error_code)
                )
    return found


def _sights(each: Recorded) -> Iterator[tuple[str, Moment]]:
    if each.answered is not None:
        for sight in read_sights(each.asked, each.answered):
            yield sight.sid, Moment(sight.status, 0.0, sight.error_code)


def _error(code: int | None) -> dict[str, str]:
    return {} if code is None else {"error": str(code)}


def _tree(body: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):  # the latter for what is nested without end
        return {}
    return tree if isinstance(tree, dict) else {}
