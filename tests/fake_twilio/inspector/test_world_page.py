"""The page of the world tells how it stands, and hostile texts stay texts."""

import re

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.shortened import MOST_ROWS
from fake_twilio.inspector.world_page import MOST_ALERTS, rules_taken
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.sending import send
from twilio_sms import TwilioError

HOSTILE = "<script>alert(1)</script>"


def page(fake: FakeTwilioFixture) -> str:
    answer = requests.get(f"{fake.url}/world", timeout=5)
    assert answer.status_code == 200
    return answer.text


def test_the_rules_are_told_with_how_often_each_was_taken(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    send(fake_twilio, to="+15550100001")
    send(fake_twilio, to="+15550100002")
    send(fake_twilio)

    taken = rules_taken(fake_twilio.scenario, fake_twilio.rules_taken)

    assert [one.times for one in taken] == [2, 1]
    assert "the carrier filters +1 555 010 xxxx" in page(fake_twilio)


def test_a_rule_that_refuses_counts_though_no_message_was_made(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario("about: x\nrules: [{name: no, then: {refuse: 21610}}]\ndefaults: {timeline: []}"))
    with fake_twilio.client() as client, pytest.raises(TwilioError):
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert rules_taken(fake_twilio.scenario, fake_twilio.rules_taken) == [("no", 1), ("the defaults", 0)]


def test_opt_outs_alerts_and_what_is_not_there_are_told(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.opt_out(RECIPIENT, SENDER)
    send(fake_twilio, to="+15550000001", status_callback="http://127.0.0.1:1/status")
    fake_twilio.settle()
    requests.get(f"{fake_twilio.url}/v1/Addresses", timeout=5)

    text = page(fake_twilio)

    for shown in (RECIPIENT, "Opt in again", "http://127.0.0.1:1/status", "GET /v1/Addresses"):
        assert shown in text


def test_a_hostile_scenario_stays_a_text(fake_twilio: FakeTwilioFixture) -> None:
    rule = f"- {{name: '{HOSTILE}', when: {{to: +15550100001}}, then: {{timeline: []}}}}"
    fake_twilio.use(parse_scenario(f"about: '{HOSTILE}'\ndefaults: {{timeline: []}}\nrules:\n  {rule}\n", file="x"))

    assert HOSTILE not in page(fake_twilio)


def test_what_is_turned_up_is_told_at_the_head_and_on_its_dial(fake_twilio: FakeTwilioFixture) -> None:
    before = page(fake_twilio)
    fake_twilio.faults.update(callback_drop=0.2, landline=1)

    text = page(fake_twilio)

    assert '<span id="turned-up">none</span>' in before
    assert '<span id="turned-up">landline 100 %, callback_drop 20 %</span>' in text
    assert '<div class="dial is-on" data-fault="callback_drop">' in text
    assert (text.count("is-on"), before.count("is-on")) == (3, 0)


def test_a_fault_that_took_messages_is_told_before_the_rules(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    fake_twilio.faults["landline"] = 1
    send(fake_twilio)

    taken = rules_taken(fake_twilio.scenario, fake_twilio.rules_taken)

    assert [(one.rule, one.times) for one in taken] == [
        ("fault: landline", 1),
        ("the carrier filters +1 555 010 xxxx", 0),
        ("the defaults", 0),
    ]


def test_of_long_lists_the_newest_and_most_asked_rows_are_shown(fake_twilio: FakeTwilioFixture) -> None:
    for number in range(MOST_ROWS + 2):
        fake_twilio.opt_out(f"+1555010{number:04}", SENDER)
        fake_twilio.advance("1s")
        requests.get(f"{fake_twilio.url}/v1/Nothing{number}", timeout=5)

    text = page(fake_twilio)

    assert text.count("Opt in again") == MOST_ROWS
    assert "2 more opt-outs are not shown; the newest are." in text
    assert "+15550100001<" not in text
    assert "2 more routes are not shown; those that were asked most are." in text


def test_of_many_alerts_the_newest_are_shown_first(fake_twilio: FakeTwilioFixture) -> None:
    for number in range(MOST_ALERTS + 3):
        send(fake_twilio, to=f"+1555010{number:04}", status_callback=f"http://127.0.0.1:1/{number}/")
        fake_twilio.settle()
    text = page(fake_twilio)

    told = re.findall("http://127.0.0.1:1/([0-9]+)/<", text)
    assert (len(told), told[0]) == (MOST_ALERTS, str(MOST_ALERTS + 2))
    assert f"{len(fake_twilio.alerts) - MOST_ALERTS} more alerts are not shown" in text
