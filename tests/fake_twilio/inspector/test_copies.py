"""What is copied says the same again, whatever stands in it, and does nothing else where it is pasted."""

import ast
import json
import shlex
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio import FakeTwilio
from fake_twilio.domain.messages.message import Message
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.copies import copies_of
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER

URL, TOKEN = "http://127.0.0.1:7670", "it's a token"
HOSTILE = ["$(reboot)", "`reboot`", "'; reboot; '", '" + exit() + "', "\n- name: x", "{{x}}", "#", "\\", "ünï 😀", "%s"]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=50)


@pytest.fixture(scope="module")
def message() -> Message:
    with FakeTwilio("carrier_reject", clock="manual") as fake:
        form = (("To", "+15550100001"), ("From", SENDER), ("Body", "hello"), ("MediaUrl", "https://a.test/x.png"))
        sid = fake._world.engine.accept(form).sid
        fake.settle()
        found = fake.find(sid)
    assert found is not None
    return found


def copied(message: Message, title: str) -> str:
    return next(copy.text for copy in copies_of(message, URL, TOKEN) if copy.title.startswith(title))


@pytest.mark.parametrize("body", HOSTILE)
def test_a_shell_reads_the_fields_as_they_were(message, body):
    words = shlex.split(copied(_with_body(message, body), "cURL").replace("\\\n", ""))

    fields = [words[place + 1] for place, word in enumerate(words) if word == "--data-urlencode"]
    assert fields == ["To=+15550100001", f"From={SENDER}", f"Body={body}", "MediaUrl=https://a.test/x.png"]
    assert words[words.index("-u") + 1] == f"{message.account_sid}:{TOKEN}"


@given(body=TEXTS)
def test_python_reads_the_text_as_it_was(message, body):
    tree = ast.parse(copied(_with_body(message, body), "Python"))

    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call) and "send" in ast.dump(node.func))
    assert {word.arg: ast.literal_eval(word.value) for word in call.keywords}["body"] == body


def test_a_test_passes_as_it_stands(message):
    namespace: dict[str, Any] = {}
    exec(compile(copied(message, "pytest"), "copied", "exec"), namespace)

    with FakeTwilioFixture("carrier_reject", clock="manual") as fake:
        namespace["test_the_message_comes_so_far"](fake)


def test_what_a_person_sent_comes_in_again(message):
    inbound = replace(message, direction="inbound", body="it's me")

    (copy,) = copies_of(inbound, URL, TOKEN)
    words = shlex.split(copy.text.replace("\\\n", ""))

    assert words[1] == f"{URL}/_fake/receive"
    assert json.loads(words[words.index("--data") + 1])["body"] == "it's me"


def test_a_rule_sends_the_next_message_the_same_way(message):
    rule = "".join(f"  {line}\n" for line in copied(message, "Scenario").splitlines())
    scenario = parse_scenario(f"about: x\ndefaults: {{timeline: []}}\nrules:\n{rule}", file="copied.yaml")

    with FakeTwilio(scenario, clock="manual") as fake:
        again = fake._world.engine.accept((("To", "+15550100001"), ("From", SENDER), ("Body", "x")))
        other = fake._world.engine.accept((("To", RECIPIENT), ("From", SENDER), ("Body", "x")))
        fake.settle()
        ends = [fake.find(one.sid) for one in (again, other)]

    assert [(end.status.value, end.error_code) for end in ends if end] == [("undelivered", 30007), ("queued", None)]


def _with_body(message: Message, body: str) -> Message:
    return replace(message, body=body)
