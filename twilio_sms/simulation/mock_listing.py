"""A list of a mock's messages, filtered and cut into pages as Twilio does it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from twilio_sms.domain.form import Form
from twilio_sms.refusals import Json

_DAY = timedelta(days=1)


def page_of(messages: Iterable[Json], path: str, query: Form) -> Json:
    """Return the page that *query* asks for, with the address of the next one."""
    asked = dict(query)
    found = [tree for tree in messages if _is_wanted(tree, asked)]
    size, number = int(asked.get("PageSize", "50")), int(asked.get("Page", "0"))
    following = {**asked, "Page": str(number + 1)}
    has_more = len(found) > (number + 1) * size
    return {
        "messages": found[number * size : (number + 1) * size],
        "page": number,
        "page_size": size,
        "next_page_uri": f"{path}?{urlencode(following)}" if has_more else None,
    }


def _is_wanted(tree: Json, asked: dict[str, str]) -> bool:
    if asked.get("To", tree["to"]) != tree["to"] or asked.get("From", tree["from"]) != tree["from"]:
        return False
    limits = {name: value for name, value in asked.items() if name.startswith("DateSent")}
    if not limits:
        return True
    sent = parsedate_to_datetime(str(tree["date_sent"])) if tree["date_sent"] else None
    return sent is not None and all(_is_within(sent, name, value) for name, value in limits.items())


def _is_within(sent: datetime, name: str, value: str) -> bool:
    """Whether *sent* fits: ``DateSent`` with a day is all of it; ``>`` and ``<`` include the moment itself."""
    since, until = _span(value)
    if name == "DateSent>":
        return sent >= since
    if name == "DateSent<":
        return sent <= until
    return since <= sent <= until


def _span(value: str) -> tuple[datetime, datetime]:
    if "T" in value:
        moment = datetime.fromisoformat(value)
        return moment, moment
    day = date.fromisoformat(value)
    since = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return since, since + _DAY - timedelta(seconds=1)
