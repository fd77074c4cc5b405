"""A message as something to paste: for a shell, for Python, as a test, as a rule of a scenario.

What stands in a message may have been written to do harm where it is pasted, so each text is quoted by the rules of the
language that it goes into.
"""

import json
from itertools import pairwise
from shlex import quote
from typing import NamedTuple

from fake_twilio.domain.messages.message import Change, Message


class Copy(NamedTuple):
    """One way to say it."""

    title: str
    text: str


def copies_of(message: Message, url: str, auth_token: str) -> tuple[Copy, ...]:
    """Return the request that made *message*, in each language; *url* and *auth_token* are those of the fake.

    One that a person sent is brought in again by the fake's own API.
    """
    if message.direction == "inbound":
        return (Copy("cURL", _curl_of_inbound(message, url)),)
    return (
        Copy("cURL", _curl(message, url, auth_token)),
        Copy("Python, twilio-sms", _python(message, url, auth_token)),
        Copy("pytest", _test(message)),
        Copy("Scenario rule", _rule(message)),
    )


def _curl(message: Message, url: str, auth_token: str) -> str:
    address = f"{url}/2010-04-01/Accounts/{message.account_sid}/Messages.json"
    fields = "".join(f" \\\n  --data-urlencode {quote(f'{name}={value}')}" for name, value in _form(message))
    return f"curl {quote(address)} -u {quote(f'{message.account_sid}:{auth_token}')}{fields}"


def _curl_of_inbound(message: Message, url: str) -> str:
    told = {"sender": message.sender, "recipient": message.to, "body": message.body, "media_urls": message.media_urls}
    headers = "-H 'Content-Type: application/json' -H 'X-Fake-Twilio: 1'"
    return f"curl {quote(f'{url}/_fake/receive')} {headers} \\\n  --data {quote(json.dumps(told))}"


def _python(message: Message, url: str, auth_token: str) -> str:
    return (
        "from twilio_sms import Client\n\n"
        f"with Client({message.account_sid!r}, {auth_token!r}, base_url={url!r}) as client:\n"
        f"    client.messages.send({_arguments(message)})\n"
    )


def _test(message: Message) -> str:
    return (
        "def test_the_message_comes_so_far(fake_twilio):\n"
        f"    with fake_twilio.client() as client:\n        client.messages.send({_arguments(message)})\n\n"
        "    fake_twilio.settle()\n\n"
        f"    assert fake_twilio.messages[-1].status == {message.status.value!r}\n"
    )


def _rule(message: Message) -> str:
    """Return a rule by which a message to this recipient goes the same way, as far and as fast as it went."""
    steps = "".join(f"\n      - {_step(before, after)}" for before, after in pairwise(message.timeline))
    then = f"\n    timeline:{steps}" if steps else " {timeline: []}"
    return f"- name: as {message.sid}\n  when: {{to: {json.dumps(message.to)}}}\n  then:{then}\n"


def _step(before: Change, change: Change) -> str:
    error = "" if change.error_code is None else f", error: {change.error_code}"
    return f"{{status: {change.status.value}, after: {round((change.at - before.at) * 1000)}ms{error}}}"


def _form(message: Message) -> list[tuple[str, str]]:
    pairs = [("To", message.to), ("From", message.sender), ("Body", message.body or None)]
    if message.service_sid:
        pairs[1] = ("MessagingServiceSid", message.service_sid)
    pairs += [("MediaUrl", url) for url in message.media_urls]
    pairs.append(("StatusCallback", message.status_callback))
    return [(name, value) for name, value in pairs if value]


def _arguments(message: Message) -> str:
    names = {"To": "to", "From": "from_", "Body": "body", "MessagingServiceSid": "messaging_service_sid"}
    told = [f"{names[name]}={value!r}" for name, value in _form(message) if name in names]
    if message.media_urls:
        told.append(f"media_url={list(message.media_urls)!r}")
    if message.status_callback:
        told.append(f"status_callback={message.status_callback!r}")
    return ", ".join(told)
