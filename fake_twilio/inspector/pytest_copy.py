"""A message as a test that plays it with the fixture `fake_twilio`.

Chance is that of the run's seed, so that the same rule has the same outcome; where a test cannot have what the run
had, a comment says so.
"""

import math
from collections.abc import Iterator

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.inspector.asking import asking_of
from fake_twilio.inspector.python_copy import arguments, comments, indented
from fake_twilio.inspector.subject import Subject
from fake_twilio.scenario_files.finding import named_file

_WAIT_SECONDS = 3600  # how long the fixture waits if nothing is said


def sending_test(message: Message, subject: Subject) -> str:
    """Return a test that sends *message* again and holds that it comes as far as it came."""
    asking = asking_of(message, -math.inf)  # as it was: a test says by itself how far ahead of its own time it is
    moment = f"datetime.fromtimestamp(fake_twilio.now, UTC) + timedelta(seconds={asking.lead_seconds})"
    body = [
        *comments(asking),
        *_cautions(message, subject),
        f"with fake_twilio.client({_account(message, subject.scenario)}) as client:",
        *indented(["sid = client.messages.send(", *indented(arguments(message, asking, moment)), ").sid"]),
        *indented(["client.messages.cancel(sid)"] if message.status is Status.CANCELED else []),
        "",
        f"message = fake_twilio.wait_for(sid, {message.status.value!r}{_within(message)})",
        "",
        f"assert (message.status, message.error_code) == ({message.status.value!r}, {message.error_code})",
    ]
    needed = ["from datetime import UTC, datetime, timedelta"] if asking.send_at is not None else []
    return _test("test_the_message_comes_so_far", body, subject, needed)


def receiving_test(message: Message, subject: Subject) -> str:
    """Return a test in which the person writes *message* again."""
    media = f", media={list(message.media_urls)!r}" if message.media_urls else ""
    body = [
        f"message = fake_twilio.receive({message.sender!r}, {message.to!r}, {message.body!r}{media})",
        "fake_twilio.settle()",
        "",
        "assert fake_twilio.find(message.sid).status == 'received'",
    ]
    return _test("test_the_message_is_received", body, subject, [])


def _test(name: str, body: list[str], subject: Subject, needed: list[str]) -> str:
    imported = [*needed, "", "import pytest"] if needed else ["import pytest"]
    head = f"def {name}(fake_twilio):"
    return "\n".join([*imported, "", "", *_marker(subject.scenario, subject.seed), head, *indented(body), ""])


def _marker(scenario: Scenario, seed: int) -> Iterator[str]:
    """Yield the marker of the test's world; of a scenario that no name leads to, the file is not known."""
    if named_file(scenario.name) is not None:
        yield f"@pytest.mark.fake_twilio(scenario={scenario.name!r}, seed={seed})"
        return
    yield f"# The scenario is {scenario.name!r}: say scenario= with its file."
    yield f"@pytest.mark.fake_twilio(seed={seed})"


def _cautions(message: Message, subject: Subject) -> Iterator[str]:
    if message.ordinal > 1:
        yield f"# It was number {message.ordinal} to its recipient: rules that count, and chance, may decide otherwise."
    if message.in_reply_to:
        yield f"# It was the app's answer to {message.in_reply_to}."
    if message.account_sid != subject.account_sid and not _account(message, subject.scenario):
        yield f"# It was sent by {message.account_sid}, which no scenario lists: the account of the fixture sends it."


def _account(message: Message, scenario: Scenario) -> str:
    """Return the arguments of a client for the account, if the scenario lists it: then it is in the test's world."""
    for plan in scenario.accounts:
        if plan.sid == message.account_sid:
            return f"account_sid={plan.sid!r}, auth_token={plan.auth_token!r}"
    return ""


def _within(message: Message) -> str:
    """Return how long to wait, if that is longer than the fixture waits by itself."""
    took = message.timeline[-1].at - message.created_at
    return "" if took < _WAIT_SECONDS - 1 else f", within={math.ceil(took) + _WAIT_SECONDS}"
