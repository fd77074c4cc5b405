"""Errors carry their evidence through pickling and copying, and tell no number."""

import copy
import pickle
import re

import pytest

from tests.doubles import RECIPIENT, message_json
from twilio_sms import errors
from twilio_sms.domain.message import Message
from twilio_sms.errors import Evidence, TwilioError, ValidationError, WaitTimeoutError
from twilio_sms.verdict import Phase, Verdict

EVIDENCE = Evidence(
    verdict=Verdict.UNKNOWN,
    phase=Phase.SENT,
    status=503,
    code=20503,
    more_info="https://www.twilio.com/docs/errors/20503",
    request_id="RQ" + "0d" * 16,
    headers={"retry-after": "5"},
    retry_after_seconds=5.0,
    repeatable=True,
    recipient="+1555***4567",
)
TREE = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TwilioError)]
DUPLICATORS = {
    "pickle": lambda error: pickle.loads(pickle.dumps(error)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("duplicate", DUPLICATORS.values(), ids=DUPLICATORS)
@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_an_error_survives_its_copy(kind, duplicate):
    error = kind(f"no answer from {RECIPIENT}", EVIDENCE)

    twin = duplicate(error)

    assert type(twin) is kind
    assert str(twin) == str(error)
    assert twin.evidence == EVIDENCE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("repeatable", True),
        ("verdict", Verdict.UNKNOWN),
        ("status", 503),
        ("code", 20503),
        ("more_info", "https://www.twilio.com/docs/errors/20503"),
        ("request_id", "RQ" + "0d" * 16),
        ("headers", {"retry-after": "5"}),
        ("retry_after_seconds", 5.0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_error_shows_its_evidence(name, value):
    assert getattr(TwilioError("trouble", EVIDENCE), name) == value


@pytest.mark.parametrize("kind", [errors.AmbiguousSendError, errors.AcceptedWithoutSidError])
def test_an_unclear_send_names_its_recipient_masked(kind):
    assert kind("trouble", EVIDENCE).recipient == "+1555***4567"


def test_a_lost_answer_tells_its_phase():
    assert errors.NoAnswerError("trouble", EVIDENCE).phase is Phase.SENT


def test_an_error_without_evidence_may_not_be_repeated():
    error = TwilioError("trouble")

    assert not error.repeatable
    assert (error.verdict, error.status, error.code, error.retry_after_seconds) == (None, None, None, None)
    assert error.attempts == 0
    assert dict(error.headers) == {}


@pytest.mark.parametrize("show", [str, repr, lambda error: str(error.args)], ids=["str", "repr", "args"])
def test_no_error_shows_a_whole_number(show):
    error = TwilioError(f"no answer from {RECIPIENT}", EVIDENCE)

    assert RECIPIENT not in show(error)
    assert "+1555***4567" in show(error)


def test_a_wrong_argument_is_a_value_error_too():
    with pytest.raises(ValueError, match="wrong"):
        raise ValidationError("wrong")


def test_the_drawing_of_the_tree_shows_every_error_in_its_place():
    drawn = [(line.index(name), name) for line in errors.__doc__.splitlines() for name in re.findall(r"\w+Error", line)]

    parents = {name: _parent(drawn, position) for position, (_, name) in enumerate(drawn)}

    assert parents == {kind.__name__: kind.__base__.__name__ for kind in TREE} | {"TwilioError": None}


def _parent(drawn: list[tuple[int, str]], position: int) -> str | None:
    depth = drawn[position][0]
    return next((name for column, name in reversed(drawn[:position]) if column < depth), None)


def test_a_wait_that_was_in_vain_keeps_the_message_also_in_another_process():
    error = WaitTimeoutError("too long", None, Message.from_json(message_json()))

    copied = pickle.loads(pickle.dumps(error))

    assert copied.last_seen == error.last_seen
    assert (str(copied), WaitTimeoutError("too long").last_seen) == ("too long", None)


def test_evidence_shows_nothing_that_came_as_it_was():
    shown = repr(EVIDENCE)

    assert shown.startswith("Evidence(verdict=<Verdict.UNKNOWN")
    assert not any(name in shown for name in ("more_info", "20503'", "request_id", "RQ0d", "headers", "retry-after"))
