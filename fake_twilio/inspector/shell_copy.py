"""A message as a line for a shell.

A text may be written to do harm where it is pasted: a quote ends no argument, and what drives a terminal, such as the
key that ends a line or interrupts, never stands there as it is but in percent signs.
"""

import json
from shlex import quote
from urllib.parse import quote as percent
from urllib.parse import quote_plus

from fake_twilio.domain.messages.message import Message
from fake_twilio.inspector.asking import Asking

_GO_ON = " \\\n  "
_HALVES = "surrogatepass"  # half a pair of surrogates stands in percent signs, too


def curl(message: Message, asking: Asking, url: str, auth_token: str) -> str:
    """Return the request of *message* as cURL makes it; *url* is that of the fake, the token that of the account."""
    address = f"{url}/2010-04-01/Accounts/{message.account_sid}/Messages.json"
    fields = [_field(name, value) for name, value in asking.form]
    notes = "".join(f"# {note}\n" for note in asking.notes)
    return notes + _GO_ON.join([f"curl {quote(address)} -u {quote(f'{message.account_sid}:{auth_token}')}", *fields])


def curl_of_inbound(message: Message, url: str, *, is_guarded: bool = False) -> str:
    """Return how what a person sent is brought in again, by the fake's own API.

    A token that it asks for stands in a variable, where the fake's commands look for it, too: no page shows it.
    """
    told = {"sender": message.sender, "recipient": message.to, "body": message.body, "media_urls": message.media_urls}
    headers = "-H 'Content-Type: application/json' -H 'X-Fake-Twilio: 1'"
    headers += ' -H "Authorization: Bearer $FAKE_TWILIO_ADMIN_TOKEN"' if is_guarded else ""
    return f"curl {quote(f'{url}/_fake/receive')} {headers}{_GO_ON}--data {quote(json.dumps(told))}"


def _field(name: str, value: str) -> str:
    """Return a parameter as an argument; cURL takes what stands before the first ``=`` for a name that is escaped."""
    if name and value.replace("\n", "").isprintable():
        escaped = percent(name, safe="", errors=_HALVES)
        return f"--data-urlencode {quote(f'{escaped}={value}')}"
    return f"--data-raw {quote('='.join(quote_plus(part, errors=_HALVES) for part in (name, value)))}"
