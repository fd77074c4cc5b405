"""A message as Python that sends it with `twilio_sms`.

The names are those that `Messages.send` takes. What it has no name for stands in a comment, so that nothing is left
out in silence; a text stands there as Python writes it, in which nothing ends a line.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.options import OPTIONS
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.sids import is_service_sid
from fake_twilio.inspector.asking import Asking


def _text(values: Sequence[str]) -> str:
    return repr(values[0])


def _list(values: Sequence[str]) -> str:
    return repr([value for value in values if value])


def _flag(values: Sequence[str]) -> str:
    return {"true": "True", "false": "False"}.get(values[0], repr(values[0]))


def _whole(values: Sequence[str]) -> str:
    return str(int(values[0]))  # the fake took no other


class Argument(NamedTuple):
    """What a parameter of Twilio's is called in Python, and how its values are written."""

    name: str
    write: Callable[[Sequence[str]], str] = _text


ARGUMENTS: Mapping[str, Argument] = MappingProxyType(
    {
        "To": Argument("to"),
        "From": Argument("from_"),
        "MessagingServiceSid": Argument("messaging_service_sid"),
        "Body": Argument("body"),
        "MediaUrl": Argument("media_url", _list),
        "ContentSid": Argument("content_sid"),
        "ContentVariables": Argument("content_variables"),
        "StatusCallback": Argument("status_callback"),
        "ApplicationSid": Argument("application_sid"),
        "ValidityPeriod": Argument("validity_period", _whole),
        "SmartEncoded": Argument("smart_encoded", _flag),
        "ScheduleType": Argument("schedule_type"),
        "SendAt": Argument("send_at"),
        "ProvideFeedback": Argument("provide_feedback", _flag),
        "Attempt": Argument("attempt"),
        "ForceDelivery": Argument("force_delivery", _flag),
        "ContentRetention": Argument("content_retention"),
        "AddressRetention": Argument("address_retention"),
        "PersistentAction": Argument("persistent_action", _list),
        "TrafficType": Argument("traffic_type"),
        "ShortenUrls": Argument("shorten_urls", _flag),
        "SendAsMms": Argument("send_as_mms", _flag),
        "RiskCheck": Argument("risk_check"),
        "FallbackFrom": Argument("fallback_from"),
        "MaxPrice": Argument("max_price"),
        "MessageIntent": Argument("message_intent"),
    }
)


def program(message: Message, asking: Asking, url: str, auth_token: str) -> str:
    """Return a program that sends *message* again; *url* is that of the fake, the token that of the account."""
    written = arguments(message, asking, _moment(asking.send_at or 0.0))
    lines = [
        *(["from datetime import UTC, datetime", ""] if asking.send_at is not None else []),
        "from twilio_sms import Client",
        "",
        f"with Client({message.account_sid!r}, {auth_token!r}, base_url={url!r}) as client:",
        *indented([*comments(asking), "client.messages.send(", *indented(written), ")"]),
    ]
    return "\n".join([*lines, ""])


def comments(asking: Asking) -> list[str]:
    """Return what there is to say about a call: what changed, and what `send` has no name for."""
    unsaid = [f"send() has no name for {name!r}: {value!r}" for name, value in _unsaid(asking.form)]
    return [f"# {line}" for line in (*asking.notes, *unsaid)]


def arguments(message: Message, asking: Asking, moment: str) -> list[str]:
    """Return the arguments of the call, a line each; *moment* is how the time is written at which it is to be sent."""
    return [
        f"{ARGUMENTS[name].name}={moment if name == 'SendAt' else ARGUMENTS[name].write(values)},"
        for name, values in _by_name(message, asking.form).items()
    ]


def indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _by_name(message: Message, form: Form) -> dict[str, list[str]]:
    """Return the values of each known parameter, the first of which counts; numbers and senders as Twilio read them."""
    values: dict[str, list[str]] = {}
    for name, value in form:
        if name in ARGUMENTS and (value or name not in OPTIONS):  # of an option without a value nothing is kept
            values.setdefault(name, []).append(value)
    values["To"] = [message.to]
    for name in ("From", "MessagingServiceSid"):
        values[name] = [value.strip() for value in values.get(name, [""])]
    if is_service_sid(values["From"][0]):  # which may stand in the place of a sender
        values["MessagingServiceSid"] = [values["MessagingServiceSid"][0] or values["From"][0]]
        values["From"] = [""]
    return {name: found for name, found in values.items() if found[0] or ARGUMENTS[name].write is _list}


def _unsaid(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what no argument says: unknown parameters, and repetitions of those of which only the first counts."""
    seen: set[str] = set()
    for name, value in form:
        if value and (name not in ARGUMENTS or (name in seen and ARGUMENTS[name].write is not _list)):
            yield name, value
        if value or name not in OPTIONS:
            seen.add(name)


def _moment(seconds: float) -> str:
    at = datetime.fromtimestamp(seconds, UTC)
    return f"datetime({at.year}, {at.month}, {at.day}, {at.hour}, {at.minute}, {at.second}, tzinfo=UTC)"
