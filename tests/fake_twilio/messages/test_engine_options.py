"""Tests of what a message becomes by what else was asked for: templates, an MMS of text, a validity, the rest."""

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives, refuses
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.content import Content
from fake_twilio.domain.messages.message import Change
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.scenario import Rule, Scenario
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import CALLBACK, RECIPIENT, START, Town, create_form, make_scenario, service_form

CONTENT_SID = "HX" + "0e" * 16
CODE = {"Body": None, "ContentSid": CONTENT_SID, "ContentVariables": '{"1": "12345"}'}
SLOW = make_scenario(steps=(Step(Status.SENDING, 60.0), Step(Status.SENT, 1.0)))


def town_with_template(body: str) -> Town:
    rule = Rule("no codes of one digit", When(body=(Glob("code ?"),)), refuses(21610))
    return Town(
        Scenario(
            name="templates",
            about="",
            numbers=(),
            rules=(rule,),
            otherwise=lives(),
            contents=(Content(CONTENT_SID, body),),
        )
    )


def test_a_template_is_the_text_of_its_message() -> None:
    message = town_with_template("code {{1}}" + "!" * 160).engine.accept(create_form(**CODE))

    assert (message.body, message.segments) == ("code 12345" + "!" * 160, 2)
    assert dict(message.options) == {name: CODE[name] for name in ("ContentSid", "ContentVariables")}


def test_a_rule_looks_at_the_text_of_a_template() -> None:
    engine = town_with_template("code {{1}}").engine

    assert engine.accept(create_form(**CODE)).rule is None
    with pytest.raises(Refusal) as caught:
        engine.accept(create_form(**{**CODE, "ContentVariables": '{"1": "1"}'}))
    assert caught.value.code == 21610


def test_a_rehearsed_message_has_its_template_too() -> None:
    assert town_with_template("code {{1}}").engine.rehearse(create_form(**CODE)).body == "code 12345"


def test_a_template_of_which_nobody_knows_the_text_is_taken() -> None:
    message = Town().engine.accept(create_form(**CODE))

    assert (message.body, message.status) == ("", Status.QUEUED)


def test_a_text_that_goes_as_an_mms_has_its_sid_and_no_media() -> None:
    engine = Town().engine
    form = create_form(SendAsMms="true")

    assert (engine.accept(form).sid[:2], engine.rehearse(form).sid[:2]) == ("MM", "MM")
    assert engine.accept(form).media_urls == ()


def test_what_has_no_effect_is_there_to_be_looked_at() -> None:
    town = Town()
    sid = town.engine.accept((*create_form(), ("PersistentAction", "geo:1,2"), ("PersistentAction", "geo:3,4"))).sid
    town.hand.settle(60)

    assert town.engine.found(sid).options == (("PersistentAction", "geo:1,2"), ("PersistentAction", "geo:3,4"))


def test_the_request_is_kept_as_it_came_with_what_nobody_reads() -> None:
    town = Town()
    form = (*create_form(To="(555) 123-4567", Body="\u201chi\u201d", SmartEncoded="true"), ("Bdy", "x"), ("Body", "y"))
    sid = town.engine.accept(form).sid
    town.hand.settle(60)

    message = town.engine.found(sid)

    assert (message.form, message.to, message.body) == (form, RECIPIENT, '"hi"')


def test_messages_without_options_share_one_nothing() -> None:
    engine = Town().engine

    assert engine.accept(create_form()).options is engine.accept(create_form()).options


def test_a_message_that_waits_too_long_fails_at_the_end_of_its_validity() -> None:
    town = Town(SLOW)
    sid = town.engine.accept(create_form(ValidityPeriod="59", StatusCallback=CALLBACK)).sid

    town.hand.settle(600)

    assert town.engine.found(sid).timeline[1:] == (Change(START + 59, Status.FAILED, 30036),)
    assert town.told() == ["failed"]
    assert dict(town.webhooks[0].form)["ErrorCode"] == "30036"


def test_a_message_still_goes_out_at_the_last_moment_of_its_validity() -> None:
    town = Town(SLOW)
    sid = town.engine.accept(create_form(ValidityPeriod="60")).sid

    town.hand.settle(600)

    assert [change.status for change in town.engine.found(sid).timeline] == ["queued", "sending", "sent"]


def test_a_service_queues_a_message_that_then_waits_too_long() -> None:
    town = Town(SLOW)
    sid = town.engine.accept(service_form(ValidityPeriod="5", StatusCallback=CALLBACK)).sid

    town.hand.settle(600)

    moments = [(change.at - START, change.status) for change in town.engine.found(sid).timeline]
    assert moments == [(0, "accepted"), (0, "queued"), (5, "failed")]
    assert town.told() == ["queued", "failed"]


def test_the_validity_of_a_scheduled_message_begins_when_it_is_to_be_sent() -> None:
    town = Town(SLOW)
    moment = {"ScheduleType": "fixed", "SendAt": "2026-01-01T01:00:00Z"}
    sid = town.engine.accept(service_form(ValidityPeriod="5", **moment)).sid

    town.hand.settle(86_400)

    moments = [(change.at - START, change.status) for change in town.engine.found(sid).timeline]
    assert moments == [(0, "scheduled"), (3600, "queued"), (3605, "failed")]
