"""Nobody is answered who may not be texted."""

import pytest

from tests.doubles import RECIPIENT, SENDER
from tests.webhooks import SERVICE, message
from twilio_sms.webhooks.answers import TwiML, to_verbs
from twilio_sms.webhooks.replies import allowed_verbs, verbs_for_others
from twilio_sms.webhooks.twiml import Reply

OTHER = "+15559876543"


def may_send(*blocked):
    return lambda recipient, _sender, _service: recipient not in blocked


def said(verbs):
    return [verb.findtext("Body") or verb.text for verb in verbs]


def test_the_verbs_of_all_stand_in_their_order():
    answers = [to_verbs("1"), to_verbs(None), to_verbs(Reply("2").message("3"))]

    assert said(allowed_verbs(answers, message(), may_send())) == ["1", "2", "3"]


def test_a_redirect_stands_last_since_nothing_behind_it_runs():
    answers = [to_verbs(Reply("1").redirect("/a")), to_verbs("2"), to_verbs(Reply("3").redirect("/b"))]

    assert said(allowed_verbs(answers, message(), may_send())) == ["1", "2", "3", "/a", "/b"]


@pytest.mark.parametrize("verb", ["Message", "Sms"])
def test_who_may_not_be_texted_is_left_out(verb):
    answer = to_verbs(TwiML(f'<Response><{verb}>back</{verb}><{verb} to="{OTHER}">on</{verb}></Response>'))

    assert said(allowed_verbs([answer], message(), may_send(RECIPIENT))) == ["on"]
    assert said(allowed_verbs([answer], message(), may_send(OTHER))) == ["back"]


def test_it_is_asked_with_the_sender_and_the_service_that_would_text():
    asked = []
    answers = [to_verbs(Reply("a").message("b", to=OTHER, from_="+15005550009"))]

    allowed_verbs(answers, message(messaging_service_sid=SERVICE), lambda *given: asked.append(given) or True)

    assert asked == [(RECIPIENT, SENDER, SERVICE), (OTHER, "+15005550009", SERVICE)]


@pytest.mark.parametrize("to", [None, RECIPIENT, "+1 555 123-4567", f"sms:{RECIPIENT}"])
def test_who_said_stop_is_answered_nothing_however_it_is_written(to):
    answers = [to_verbs(Reply().message("back", to=to).message("on", to=OTHER).redirect("/more"))]

    assert said(verbs_for_others(answers, message("STOP"), may_send())) == ["on"]


def test_of_a_verb_that_nobody_knows_nothing_is_said_to_who_left():
    answer = to_verbs(TwiML(f'<Response><Call to="{OTHER}">x</Call><Message to="{OTHER}">on</Message></Response>'))

    assert said(verbs_for_others([answer], message("STOP"), may_send())) == ["on"]


def test_others_who_may_not_be_texted_are_left_out_too():
    answers = [to_verbs(Reply().message("on", to=OTHER))]

    assert said(verbs_for_others(answers, message("STOP"), may_send(OTHER))) == []


@pytest.mark.parametrize(("to", "expected"), [("12345", []), (" 12345", []), ("54321", ["x"])])
def test_a_short_code_that_says_stop_is_no_number_and_gets_nothing(to, expected):
    answers = [to_verbs(Reply().message("x", to=to))]

    assert said(verbs_for_others(answers, message("STOP", from_="12345"), may_send())) == expected
