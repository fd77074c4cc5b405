"""Nothing of anybody reaches a cassette."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER, message_json
from twilio_sms.domain.phone import PhoneNumber
from twilio_sms.simulation.cassette import Answer, Asked
from twilio_sms.simulation.stand_ins import DAMAGED, NO_JSON, StandIns

PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
TEXT = "Dear Ann, your code is 1234"
FORM = (("To", RECIPIENT), ("From", SENDER), ("Body", TEXT), ("StatusCallback", "https://ann.test/hook?key=1"))
SENT = {
    **message_json(body=TEXT),
    "new_in_2030": {"names": ["Ann"], "phone": 15551234567, "national": "(555) 123-4567"},
}
SECRETS = ("Ann", "1234567", "1234", ACCOUNT_SID[2:], MESSAGE_SID[2:], "5005550006", "ann.test", "123-4567")


def written(*parts: Asked | Answer) -> str:
    return json.dumps([list(part) if isinstance(part, Asked) else part._asdict() for part in parts])


def test_nothing_of_anybody_is_written() -> None:
    stand_ins = StandIns()

    asked, answer = stand_ins.asked(Asked("POST", PATH, FORM)), stand_ins.answer(Answer(201, SENT))

    text = written(asked, answer)
    assert [secret for secret in SECRETS if secret in text] == []
    assert dict(asked.form)["Body"] == "Text 1"
    assert isinstance(answer.body, dict)
    assert (answer.body["to"], answer.body["body"]) == (dict(asked.form)["To"], "Text 1")
    assert (answer.body["status"], answer.body["num_segments"]) == ("queued", "1")


def test_what_twilio_quotes_is_replaced_too() -> None:
    told = f"The 'To' number {RECIPIENT} of {ACCOUNT_SID} is not valid for '{TEXT}', nor is +14155550199 or 4155550198."
    stand_ins = StandIns()
    asked = stand_ins.asked(Asked("POST", PATH, FORM))

    answer = stand_ins.answer(Answer(400, {"code": 21211, "message": told}))

    text = written(answer)
    assert [secret for secret in (*SECRETS, "4155550199", "4155550198") if secret in text] == []
    assert f"The 'To' number {dict(asked.form)['To']} of AC" in text


@pytest.mark.parametrize(
    "number", ["06 12 34 56 78", "(415) 555-0198", "+1 415 555 0198", "0612345678", "5550198", "0041 44 668 18 00"]
)
def test_a_number_that_twilio_quotes_is_replaced_however_it_is_written(number: str) -> None:
    answer = StandIns().answer(Answer(400, {"code": 21211, "message": f"'To' is {number}, which is error 21211."}))

    assert answer.body == {"code": 21211, "message": "'To' is (a number), which is error 21211."}


def test_the_names_of_a_query_are_replaced_too() -> None:
    answer = StandIns().answer(Answer(200, {"next_page_uri": "/a?%2B15551234567=1&Page=2&Ann%20Smith=3"}))

    assert "1234567" not in written(answer)
    assert "Ann" not in written(answer)
    assert "&Page=2&" in written(answer)


@pytest.mark.parametrize("body", ["<html>Ann</html>", 5, [["Ann"]]])
def test_what_is_no_object_is_not_kept(body: object) -> None:
    assert "Ann" not in written(StandIns().answer(Answer(502, body, damage="Ann")))  # type: ignore[arg-type] # on purpose


def test_that_there_was_no_json_is_kept() -> None:
    assert StandIns().answer(Answer(502, "<html>", damage="cut")) == Answer(502, NO_JSON, {}, DAMAGED)
    assert StandIns().answer(Answer(204)) == Answer(204)


def test_of_the_headers_two_are_kept() -> None:
    headers = {"retry-after": "2", "twilio-request-id": "RQ" + "0a" * 16, "set-cookie": "secret", "date": "today"}

    assert StandIns().answer(Answer(429, {}, headers)).headers == {
        "retry-after": "2",
        "twilio-request-id": "RQ" + "1".rjust(32, "0"),
    }


def test_a_path_keeps_its_shape() -> None:
    asked = StandIns().asked(Asked("GET", "/v2/PhoneNumbers/%2B15551234567"))
    uri = f"{PATH}?To=%2B15551234567&PageSize=50&PageToken=PASM{'0a' * 16}"

    listed = StandIns().answer(Answer(200, {"next_page_uri": uri})).body

    assert asked.path == "/v2/PhoneNumbers/+15552000167"
    assert isinstance(listed, dict)
    assert re.fullmatch(
        r"/2010-04-01/Accounts/AC0{31}1/Messages\.json\?To=%2B15552000167&PageSize=50&PageToken=Text\+1",
        str(listed["next_page_uri"]),
    )


_number = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)


@given(st.lists(_number, max_size=20))
def test_stand_ins_are_numbers_one_for_each_and_always_the_same(numbers: list[str]) -> None:
    stand_ins = StandIns()

    given_out = [dict(stand_ins.asked(Asked("POST", "/a", (("To", number),))).form)["To"] for number in numbers]

    assert len(set(given_out)) == len(set(numbers))
    assert [PhoneNumber.parse(each).e164 for each in given_out] == given_out


@given(st.lists(st.sampled_from(["12345", "67890", "123", "SHOP", "BANK"]), max_size=8))
def test_senders_stay_of_their_kind(senders: list[str]) -> None:
    stand_ins = StandIns()

    given_out = [dict(stand_ins.asked(Asked("POST", "/a", (("From", each),))).form)["From"] for each in senders]

    assert [(len(each), each.isdigit()) if each.isdigit() else False for each in given_out] == [
        (len(each), True) if each.isdigit() else False for each in senders
    ]
    assert len(set(given_out)) == len(set(senders))


@given(st.dictionaries(st.sampled_from(["body", "x", "friendly_name"]), st.text(min_size=6, max_size=20)))
def test_no_text_survives(tree: dict[str, str]) -> None:
    text = json.dumps(StandIns().answer(Answer(200, dict(tree))).body, ensure_ascii=False)

    assert [each for each in tree.values() if each.strip() and json.dumps(each, ensure_ascii=False)[1:-1] in text] == []
