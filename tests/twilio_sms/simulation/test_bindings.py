"""A request is the recorded one, under other names, or it is told where it is not."""

from typing import Any

import pytest

from twilio_sms.simulation.bindings import Bindings
from twilio_sms.simulation.cassette import Asked

ANN, BOB = "+14155551234", "+14155555678"
ONE, TWO = "+15552000134", "+15552000278"
AC, AC_1 = "AC" + "a" * 32, "AC" + "1".rjust(32, "0")
SM_1, SM_2 = "SM" + "1".rjust(32, "0"), "SM" + "2".rjust(32, "0")


def send(to: str, body: str = "Text 1", account: str = AC_1, **more: str) -> Asked:
    form = (("To", to), ("Body", body), *more.items())
    return Asked("POST", f"/2010-04-01/Accounts/{account}/Messages.json", form)


def played(bindings: Bindings, recorded: Asked, asked: Asked) -> tuple[str, ...]:
    """Read *asked* and take its names if it fits; return where it does not."""
    reading = bindings.read(recorded, asked)
    if not reading.differences:
        bindings.bind(reading.names)
    return reading.differences


def test_other_names_are_no_difference() -> None:
    assert played(Bindings(), send(ONE), send(BOB, "hello", AC)) == ()


def test_one_stays_one_and_another_another() -> None:
    bindings = Bindings()
    assert played(bindings, send(ONE), send(ANN, "hello", AC)) == ()

    (other,) = played(bindings, send(ONE), send(BOB, "hello", AC))
    (same,) = played(bindings, send(TWO), send(ANN, "hello", AC))

    assert other == f"To: recorded {ONE}, which stood for another value before"
    assert same == f"To: recorded {TWO}, but asked for what {ONE} stands for"


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        (Asked("GET", f"/2010-04-01/Accounts/{AC}/Messages.json", (("To", ANN), ("Body", "x"))), "method"),
        (send(ANN, SmartEncoded="true"), "SmartEncoded: recorded none, asked 1 values"),
        (
            Asked("POST", f"/2010-04-01/Accounts/{AC}/Messages.json", (("To", ANN),)),
            "Body: recorded 1 values, asked none",
        ),
        (send("SHOP"), "To: recorded a number"),
        (send(ANN, account="SM" + "a" * 32), "path: recorded a SID"),
        (Asked("POST", "/Messages.json", (("To", ANN), ("Body", "x"))), "path: recorded /2010-04-01"),
        (
            Asked("POST", f"/2010-04-01/Accounts/{AC}/Calls.json", (("To", ANN), ("Body", "x"))),
            "path: recorded Messages",
        ),
        (Asked("POST", f"/2010-04-01/Accounts/{AC}/Messages", (("To", ANN), ("Body", "x"))), "path: recorded Messages"),
        (send(ANN, ""), "Body: recorded 'Text 1', asked ''"),
    ],
)
def test_what_is_not_the_same_is_told(asked: Asked, where: str) -> None:
    (difference,) = played(Bindings(), send(ONE), asked)

    assert difference.startswith(where)


def test_a_value_that_is_kept_must_be_equal_unless_it_is_ignored() -> None:
    recorded = send(ONE, SendAt="2026-05-01T00:00:00Z")
    asked = send(ANN, SendAt="2026-06-01T00:00:00Z")

    (difference,) = Bindings().read(recorded, asked).differences

    assert difference == "SendAt: recorded '2026-05-01T00:00:00Z', asked '2026-06-01T00:00:00Z'"
    assert Bindings().read(recorded, asked, frozenset({"SendAt"})).differences == ()


def test_an_answer_names_what_was_asked_for() -> None:
    bindings = Bindings()
    played(bindings, send(ONE), send(ANN, "hello", AC))
    uri = f"/2010-04-01/Accounts/{AC_1}/Messages/{SM_1}.json"
    tree: Any = {"to": ONE, "body": "Text 1", "sid": SM_1, "account_sid": AC_1, "uri": uri, "status": "queued", "n": 1}

    restored = bindings.restore("", tree)

    assert restored == {
        "to": ANN,
        "body": "hello",
        "sid": SM_1,
        "account_sid": AC,
        "uri": f"/2010-04-01/Accounts/{AC}/Messages/{SM_1}.json",
        "status": "queued",
        "n": 1,
    }


def test_what_twilio_quotes_is_named_too() -> None:
    bindings = Bindings()
    played(bindings, send(ONE), send(ANN, "hello", AC))

    assert bindings.restore("message", f"number {ONE} of {AC_1}") == f"number {ANN} of {AC}"


def test_the_next_page_is_that_of_what_was_asked_for() -> None:
    bindings = Bindings()
    played(bindings, send(ONE), send(ANN, "hello", AC))
    uri = f"/2010-04-01/Accounts/{AC_1}/Messages.json?To=%2B{ONE[1:]}&PageToken=Text+7"

    restored = bindings.restore("next_page_uri", uri)

    assert restored == f"/2010-04-01/Accounts/{AC}/Messages.json?To=%2B{ANN[1:]}&PageToken=Text+7"


def test_a_sid_that_an_answer_brought_must_be_the_one_that_is_asked_for() -> None:
    bindings = Bindings()
    bindings.restore("", {"sid": SM_1})
    bindings.restore("", {"sid": SM_2})
    recorded = Asked("GET", f"/Messages/{SM_1}.json")

    assert played(bindings, recorded, Asked("GET", f"/Messages/{SM_2}.json")) != ()
    assert played(bindings, recorded, Asked("GET", f"/Messages/{SM_1}.json")) == ()


def test_numbers_are_alike_if_they_end_alike() -> None:
    assert Bindings().read(send(ONE), send(ANN)).is_alike
    assert not Bindings().read(send(ONE), send(BOB)).is_alike
