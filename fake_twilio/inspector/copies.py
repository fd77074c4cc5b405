"""A message as something to paste: for a shell, for Python, as a test, as a rule of a scenario.

What stands in a message may have been written to do harm where it is pasted, so each text is quoted by the rules of the
language that it goes into.
"""

from typing import NamedTuple

from fake_twilio.domain.messages.message import Message
from fake_twilio.inspector.asking import asking_of
from fake_twilio.inspector.pytest_copy import receiving_test, sending_test
from fake_twilio.inspector.python_copy import program
from fake_twilio.inspector.rule_copy import rule
from fake_twilio.inspector.shell_copy import curl, curl_of_inbound
from fake_twilio.inspector.subject import Subject


class Copy(NamedTuple):
    """One way to say it."""

    title: str
    text: str


def copies_of(message: Message, subject: Subject) -> tuple[Copy, ...]:
    """Return the request that made *message*, in each language, as the account that sent it makes it at *subject*.

    One that a person sent is brought in again by the fake's own API, or by the fixture. Nothing is returned for one of
    an account that is there no more.
    """
    if message.direction == "inbound":
        return (
            Copy("cURL", curl_of_inbound(message, subject.url, is_guarded=subject.is_guarded)),
            Copy("pytest", receiving_test(message, subject)),
        )
    account = subject.directory.find(message.account_sid)
    if account is None:  # a new world has begun since the message was found
        return ()
    asking = asking_of(message, subject.now)
    return (
        Copy("cURL", curl(message, asking, subject.url, account.auth_token)),
        Copy("Python, twilio-sms", program(message, asking, subject.url, account.auth_token)),
        Copy("pytest", sending_test(message, subject)),
        Copy("Scenario rule", rule(message)),
    )
