"""Copies as they are pasted: by a shell, by Python, by pytest, into a scenario file; and forms to copy."""

import shlex
from shutil import which
from subprocess import run
from typing import Any

import requests
from hypothesis import strategies as st

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.form import Form
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.copies import copies_of
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import RECIPIENT, SENDER, SERVICE_SID

HOSTILE = ("$(reboot)", "`id`", "'; exit; '", '" + exit() + "', "\n- name: x", "{{x}}", "# x", "\\", "\r\n", "%s", "!!")
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
ORIGINS = st.sampled_from(
    (
        (("From", SENDER),),
        (("From", "Acme"),),
        (("MessagingServiceSid", SERVICE_SID),),
        (("From", SERVICE_SID),),
        (("From", f" {SENDER} "), ("MessagingServiceSid", SERVICE_SID)),
    )
)
OPTIONS = {
    "StatusCallback": st.just("http://127.0.0.1:9/s?a=b&c='d'"),
    "ContentSid": st.just(f"HX{'1' * 32}"),
    "ApplicationSid": st.just(f"AP{'1' * 32}"),
    "ValidityPeriod": st.sampled_from(("1", "0600", "36000")),
    "SmartEncoded": st.sampled_from(("true", "false", "True")),
    "ProvideFeedback": st.sampled_from(("true", "maybe")),
    "Attempt": st.sampled_from(("1", "007")),
    "ForceDelivery": st.just("false"),
    "ContentRetention": st.sampled_from(("retain", "discard")),
    "AddressRetention": st.just("obfuscate"),
    "TrafficType": st.just("free"),
    "ShortenUrls": st.just("true"),
    "SendAsMms": st.just("true"),
    "RiskCheck": st.just("disable"),
    "MaxPrice": st.sampled_from(("0.05", "1e-2")),
    "MessageIntent": TEXTS,
}
REPEATED = {
    "PersistentAction": st.lists(st.sampled_from(("geo:1,2", "geo:3,4|O'Hara")), max_size=2),
    "MediaUrl": st.lists(st.sampled_from(("https://a.test/x.png", "https://a.test/?q='`\"")), max_size=2),
}
# What comes too late to count.
REPETITIONS = st.sampled_from(
    (
        (),
        (("To", "+15550000000"), ("Body", "another")),
        (("From", "12345"), ("From", "")),
        (("ValidityPeriod", ""), ("ValidityPeriod", "x"), ("MediaUrl", "")),
        (("MaxPrice", ""), ("MaxPrice", "7"), ("StatusCallback", "")),
    )
)
UNKNOWN = st.lists(st.tuples(st.one_of(st.sampled_from(("Bdy", "a b", "x@y", "")), TEXTS), TEXTS), max_size=2)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Draw a form that the fake takes."""
    options = draw(st.fixed_dictionaries({}, optional=OPTIONS))
    repeated = [(name, value) for name, values in REPEATED.items() for value in draw(values)]
    variables = [("ContentVariables", '{"1": "it\'s"}')] if "ContentSid" in options and draw(st.booleans()) else []
    recipient = draw(st.sampled_from((RECIPIENT, "(555) 123-4567", f" {RECIPIENT}")))
    head = [("To", recipient), *draw(ORIGINS), ("Body", draw(TEXTS))]
    pairs = [*head, *options.items(), *variables, *repeated, *draw(UNKNOWN)]
    return (*(draw(st.permutations(pairs)) if draw(st.booleans()) else pairs), *draw(REPETITIONS))


def copied(message: Message, fake: FakeTwilioFixture, title: str) -> str:
    return next(copy.text for copy in copies_of(message, fake) if copy.title.startswith(title))


def in_a_shell(text: str) -> str:
    """Return the SID of the message that a copy for a shell makes; without cURL its words are taken apart."""
    if which("curl"):
        done = run(
            ["/bin/sh", "-c", text.replace("curl ", "curl -sS ", 1)], capture_output=True, check=True, timeout=10
        )
        return str(requests.models.complexjson.loads(done.stdout)["sid"])
    return _posted([word for word in shlex.split(text, comments=True) if word != "\n"])


def _posted(words: list[str]) -> str:
    """Do what cURL does with these words."""
    parts = [_encoded(word, words[place + 1]) for place, word in enumerate(words) if word.startswith("--data")]
    user, _, password = words[words.index("-u") + 1].partition(":")
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(words[1], "&".join(parts), auth=(user, password), headers=headers, timeout=10)
    return str(answer.json()["sid"])


def _encoded(kind: str, argument: str) -> str:
    name, _, value = argument.partition("=")
    return argument if kind == "--data-raw" else f"{name}={requests.utils.quote(value, safe='')}"


def in_python(text: str) -> None:
    """Run a copy for Python."""
    exec(compile(text, "copied", "exec"), {})


def in_a_test(text: str, fake: FakeTwilioFixture) -> None:
    """Run the test that a copy holds, in a world that is there."""
    namespace: dict[str, Any] = {}
    exec(compile(text, "copied", "exec"), namespace)
    (test,) = (value for name, value in namespace.items() if name.startswith("test_"))
    test(fake)


def in_a_scenario(text: str) -> Scenario:
    """Return the scenario with the rule of a copy, in which nothing happens to all others."""
    indented = "".join(f"  {line}\n" for line in text.splitlines())
    return parse_scenario(f"about: x\nrules:\n{indented}defaults: {{timeline: []}}\n", file="copied.yaml")
