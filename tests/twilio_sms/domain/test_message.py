"""A message is read patiently, and shows neither its number nor its body."""

import copy
import pickle
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER, message_json
from twilio_sms.domain.delivery_error import UnknownNumber
from twilio_sms.domain.message import Message
from twilio_sms.domain.status import Status

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sid", MESSAGE_SID),
        ("account_sid", ACCOUNT_SID),
        ("messaging_service_sid", None),
        ("to", RECIPIENT),
        ("from_", SENDER),
        ("body", "hello"),
        ("status", Status.QUEUED),
        ("status_text", "queued"),
        ("direction", "outbound-api"),
        ("num_segments", 1),
        ("num_media", 0),
        ("price", None),
        ("price_unit", "USD"),
        ("error_code", None),
        ("error_message", None),
        ("date_created", datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC)),
        ("date_updated", datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC)),
        ("date_sent", None),
        ("api_version", "2010-04-01"),
        ("uri", f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{MESSAGE_SID}.json"),
        ("raw", message_json()),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isidentifier() else "",
)
def test_every_field_is_read(name, value):
    assert getattr(Message.from_json(message_json()), name) == value


@pytest.mark.parametrize(
    ("name", "told", "read"),
    [
        pytest.param("price", "-0.00750", Decimal("-0.00750"), id="price"),
        pytest.param("price", -0.0075, Decimal("-0.0075"), id="price as a number"),
        pytest.param("price", "free", None, id="price that is none"),
        pytest.param("price", "NaN", None, id="price that is not a number"),
        pytest.param("error_code", 30003, 30003, id="error code"),
        pytest.param("error_code", "30003", 30003, id="error code as a text"),
        pytest.param("num_segments", "many", 0, id="segments that are no number"),
        pytest.param("num_segments", float("inf"), 0, id="segments without end"),
        pytest.param("num_media", None, 0, id="media that are null"),
        pytest.param("date_sent", "yesterday", None, id="date that is none"),
        pytest.param("date_sent", "Thu, 24 Aug 99999999999999999999 05:01:45 +0000", None, id="date too far away"),
        pytest.param(
            "date_sent", "Thu, 24 Aug 2023 05:01:45 -0000", datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC), id="no zone"
        ),
        pytest.param("to", 12345, "12345", id="number as a number"),
        pytest.param("body", None, "", id="body that is null"),
    ],
)
def test_a_field_is_read_patiently(name, told, read):
    assert getattr(Message.from_json(message_json(**{name: told})), name) == read


def test_the_sender_is_absent_while_a_service_has_not_picked_one():
    assert Message.from_json(message_json(**{"from": None})).from_ is None


def test_a_status_that_is_new_keeps_its_word():
    message = Message.from_json(message_json(status="teleported"))

    assert (message.status, message.status_text) == (Status.UNKNOWN, "teleported")


def test_a_sid_is_all_that_must_be_there():
    message = Message.from_json({"sid": MESSAGE_SID})

    assert (message.sid, message.body, message.date_sent, message.num_segments) == (MESSAGE_SID, "", None, 0)


@pytest.mark.parametrize("sid", [None, "", 7, ["SM"], "SM 1", "SM\ud800", "SM" * 40], ids=repr)
def test_a_message_without_a_sid_is_refused(sid):
    with pytest.raises(ValueError, match="a message without a sid"):
        Message.from_json(message_json(sid=sid))


@given(changes=st.dictionaries(st.sampled_from(sorted(message_json())), TREES))
def test_no_json_with_a_sid_is_refused(changes):
    tree = {**message_json(**changes), "sid": MESSAGE_SID}

    assert Message.from_json(tree).sid == MESSAGE_SID


def test_neither_body_nor_number_is_shown():
    message = Message.from_json(message_json())

    assert repr(message) == f"Message({MESSAGE_SID}, queued, to +1555***4567)"


def test_the_raw_answer_cannot_be_changed():
    tree = message_json()
    message = Message.from_json(tree)

    tree["body"] = "changed"

    assert message.raw["body"] == "hello"
    with pytest.raises(TypeError, match="item assignment"):
        message.raw["body"] = "changed"


def test_equal_messages_are_one_in_a_set():
    assert len({Message.from_json(message_json()), Message.from_json(message_json())}) == 1


DUPLICATORS = {
    "pickle": lambda message: pickle.loads(pickle.dumps(message)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("duplicate", DUPLICATORS.values(), ids=DUPLICATORS)
def test_a_message_survives_its_copy(duplicate):
    message = Message.from_json(message_json())

    assert duplicate(message) == message


def test_how_many_attempts_it_took_makes_no_other_message_and_survives_a_journey():
    message = Message.from_json(message_json(), attempts=3)

    assert message == Message.from_json(message_json())
    assert hash(message) == hash(Message.from_json(message_json()))
    assert pickle.loads(pickle.dumps(message)).attempts == 3


def test_a_message_says_why_it_was_not_delivered():
    failed = Message.from_json(message_json(status="undelivered", error_code=30005))

    assert failed.delivery_error == UnknownNumber(30005)
    assert Message.from_json(message_json()).delivery_error is None
