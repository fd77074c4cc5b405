"""What a request and its answer say about messages; other things that an API answers are left out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.values.dates import parse_moment
from fake_twilio.recording.wire import Answered, Asked

_LIST = re.compile(r"/2010-04-01/Accounts/[^/]+/Messages(\.json)?")
_ONE = re.compile(r"/2010-04-01/Accounts/[^/]+/Messages/[^/]+?(\.json)?")
_STATUSES = {status.value: status for status in Status}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How a message looked: *dated_seconds* is the time from its first date to its last one, both in whole seconds."""

    sid: str
    recipient: str = field(repr=False)
    sender: str | None = field(repr=False)
    status: Status
    error_code: int | None = None
    dated_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A message that was not taken."""

    recipient: str = field(repr=False)
    sender: str | None = field(repr=False)
    code: int


def is_creation(asked: Asked) -> bool:
    """Whether a message was to be made."""
    return asked.method == "POST" and _LIST.fullmatch(asked.path) is not None


def address_of(creation: Asked, sid: str) -> str:
    """Return the path of the message that became of a *creation*."""
    return f"{creation.path.removesuffix('.json')}/{sid}.json"


def read_sights(asked: Asked, answered: Answered) -> Iterator[Sight]:
    """Yield how each message of an answer looked; messages that people sent are left out."""
    if 200 <= answered.status < 300 and (_LIST.fullmatch(asked.path) or _ONE.fullmatch(asked.path)):
        tree = _tree(answered.body)
        listed = tree.get("messages")
        for one in listed if isinstance(listed, list) else [tree]:
            sight = _sight(one) if isinstance(one, dict) else None
            if sight is not None:
                yield sight


def read_refusal(asked: Asked, answered: Answered) -> Refused | None:
    """Return what was refused, if it was a message, and Twilio said with which code."""
    if not is_creation(asked) or not 400 <= answered.status < 500:
        return None
    code = _tree(answered.body).get("code")
    form = {name: values[-1] for name, values in parse_qs(asked.body.decode("utf-8", "replace")).items()}
    if not isinstance(code, int) or "To" not in form:
        return None
    return Refused(recipient=form["To"], sender=form.get("From"), code=code)


def _sight(tree: Mapping[str, Any]) -> Sight | None:
    sid, recipient, status = tree.get("sid"), tree.get("to"), _STATUSES.get(str(tree.get("status")))
    if not sid or not recipient or status is None or tree.get("direction") == "inbound":
        return None
    sender, code = tree.get("from"), tree.get("error_code")
    return Sight(
        sid=str(sid),
        recipient=str(recipient),
        sender=str(sender) if sender else None,
        status=status,
        error_code=code if isinstance(code, int) else None,
        dated_seconds=_dated(tree),
    )


def _dated(tree: Mapping[str, Any]) -> float | None:
    try:
        created, updated = (parse_moment(str(tree[name])) for name in ("date_created", "date_updated"))
    except (KeyError, ValueError):
        return None
    return max(0.0, (updated - created).total_seconds())


def _tree(body: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(body)
    except (ValueError, RecursionError):  # the latter for what is nested without end
        return {}
    return tree if isinstance(tree, dict) else {}
