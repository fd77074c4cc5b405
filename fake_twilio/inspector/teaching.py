"""What to paste to send the first message to this fake."""

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
    facts = {
        "url": subject.url,
        "sid": subject.account_sid,
        "token": subject.auth_token,
        "sender": next(iter(subject.scenario.numbers), SENDER),
        "to": RECIPIENT,
        "body": BODY,
    }
    return tuple(Lines(title, text.format(**facts)) for title, text in _LANGUAGES)


_OURS = """\
from twilio_sms import Client

with Client("{sid}", "{token}", base_url="{url}") as client:
    client.messages.send(to="{to}", from_="{sender}", body="{body}")
"""
_PYTHON = """\
from twilio.rest import Client

client = Client("{sid}", "{token}")
client.api.base_url = "{url}"
client.messages.create(to="{to}", from_="{sender}", body="{body}")
"""
_NODE = """\
const twilio = require("twilio");

const client = twilio("{sid}", "{token}");
client.api.baseUrl = "{url}";
client.messages.create({{ to: "{to}", from: "{sender}", body: "{body}" }});
"""
_CURL = """\
curl {url}/2010-04-01/Accounts/{sid}/Messages.json -u {sid}:{token} \\
  --data-urlencode To={to} --data-urlencode From={sender} --data-urlencode 'Body={body}'
"""
_LANGUAGES = (
    ("Python, twilio-sms", _OURS),
    ("Python, official SDK", _PYTHON),
    ("Node, official SDK", _NODE),
    ("cURL", _CURL),
)
