"""What to paste to send the first message to this fake."""

import json
from collections.abc import Callable
from shlex import quote
from typing import NamedTuple

from fake_twilio.inspector.subject import Subject

RECIPIENT = "+15551234567"
SENDER = "+15005550006"
BODY = "Your parcel has arrived."


class Lines(NamedTuple):
    """Lines in one language."""

    title: str
    text: str


def lines_to_paste(subject: Subject) -> tuple[Lines, ...]:
    """Return how a message is sent to *subject*, with its address and credentials, by each client there is."""
    sid, token, sender = subject.account_sid, subject.auth_token, next(iter(subject.scenario.numbers), SENDER)
    facts = {"url": subject.url, "sid": sid, "token": token, "sender": sender, "to": RECIPIENT, "body": BODY}
    facts |= {"messages": f"{subject.url}/2010-04-01/Accounts/{sid}/Messages.json", "login": f"{sid}:{token}"}
    facts |= {"to_field": f"To={RECIPIENT}", "from_field": f"From={sender}", "body_field": f"Body={BODY}"}
    return tuple(
        Lines(title, text.format(**{name: written(fact) for name, fact in facts.items()}))
        for title, text, written in _LANGUAGES
    )


def _in_double_quotes(text: str) -> str:
    """Return *text* as Python and JavaScript write it."""
    return json.dumps(text, ensure_ascii=False)


_OURS = """\
from twilio_sms import Client

with Client({sid}, {token}, base_url={url}) as client:
    client.messages.send(to={to}, from_={sender}, body={body})
"""
_PYTHON = """\
from twilio.rest import Client

client = Client({sid}, {token})
client.api.base_url = {url}
client.messages.create(to={to}, from_={sender}, body={body})
"""
_NODE = """\
const twilio = require("twilio");

const client = twilio({sid}, {token});
client.api.baseUrl = {url};
client.messages.create({{ to: {to}, from: {sender}, body: {body} }});
"""
_CURL = """\
curl {messages} -u {login} \\
  --data-urlencode {to_field} --data-urlencode {from_field} --data-urlencode {body_field}
"""
_LANGUAGES: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("Python, twilio-sms", _OURS, _in_double_quotes),
    ("Python, official SDK", _PYTHON, _in_double_quotes),
    ("Node, official SDK", _NODE, _in_double_quotes),
    ("cURL", _CURL, quote),
)
