"""A form is read as it was signed: nothing dropped, nothing mended."""

from urllib.parse import parse_qsl, quote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import MAX_PARAMETERS, Parameters

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=8)


def read(raw: bytes) -> tuple[tuple[str, str], ...] | None:
    try:
        return Parameters.parse(raw).pairs
    except ValidationError:
        return None


@given(pairs=PAIRS)
def test_what_was_written_is_read_in_its_order(pairs):
    assert list(Parameters.parse(urlencode(pairs).encode()).pairs) == pairs


@given(raw=st.text("aB1_=&+%20FfzZ;.é\x00\n", max_size=40).map(str.encode))
@example(raw=b"&&a=1&")
@example(raw=b"a=%F0%9F%98%80")
@example(raw=b"a=%zz")
def test_it_reads_what_the_standard_library_reads_or_refuses(raw):
    ours = read(raw)

    if ours is not None:
        theirs = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict")
        assert list(ours) == theirs


@pytest.mark.parametrize(
    "raw",
    [b"a=%", b"a=%f", b"a=%zz", b"%=a", b"a=%ff", b"a=\xff", b"a=%ed%a0%80", b"a=%c0%80"],
)
def test_what_is_no_form_is_refused(raw):
    with pytest.raises(ValidationError, match=r"^a parameter (is not UTF-8|has a % that begins no character)$"):
        Parameters.parse(raw)


def test_it_keeps_what_frameworks_drop_or_mend():
    raw = b"Body=&Body=a%00b&X=%20+&To=%2B1"

    ours = Parameters.parse(raw)

    assert ours.pairs == (("Body", ""), ("Body", "a\x00b"), ("X", "  "), ("To", "+1"))
    assert parse_qsl(raw) != list(ours.pairs)  # it drops what is empty, unless it is asked to keep it


def test_bytes_that_werkzeug_mends_are_refused():
    raw = b"Body=%ff"
    environ = EnvironBuilder(method="POST", data=raw, content_type="application/x-www-form-urlencoded").get_environ()

    assert Request(environ).form == MultiDict([("Body", "%FF")])
    assert read(raw) is None


@pytest.mark.parametrize(("count", "is_read"), [(MAX_PARAMETERS, True), (MAX_PARAMETERS + 1, False)])
def test_there_are_not_more_parameters_than_a_webhook_has(count, is_read):
    assert (read(b"&".join([b"a=b"] * count)) is not None) is is_read


def test_one_is_there_exactly_once():
    parameters = Parameters((("Body", ""), ("To", "1"), ("To", "1")))

    assert parameters.one("Body") == ""
    for name in ("To", "From"):
        with pytest.raises(ValidationError, match=f"{name} must be there once"):
            parameters.one(name)


def test_an_optional_one_is_found_unless_it_is_empty_or_repeated():
    parameters = Parameters((("Body", ""), ("From", "1"), ("To", "1"), ("To", "1")))

    assert (parameters.find("Body"), parameters.find("From"), parameters.find("X")) == (None, "1", None)
    with pytest.raises(ValidationError, match="To may be there once, is there 2 times"):
        parameters.find("To")


def test_the_rest_is_all_that_is_not_known():
    parameters = Parameters((("Body", "x"), ("New", "1"), ("New", "2")))

    assert parameters.without({"Body"}) == {"New": "2"}


@pytest.mark.parametrize("name", ["", "a b", "From+1", "é", "x" * 65, "a\n", "٣", "a=b"])
def test_a_name_that_twilio_could_not_have_made_is_refused(name):
    parameters = Parameters.parse(f"{quote_plus(name)}=1".encode())

    with pytest.raises(ValidationError, match=r"^a parameter's name must be 1 to 64 letters, digits and underscores$"):
        parameters.check_names()


def test_names_as_twilio_makes_them_are_taken():
    Parameters((("MediaUrl0", ""), ("a_b", "x"), ("X" * 64, "é"))).check_names()


def test_what_they_hold_is_not_shown():
    assert repr(Parameters((("Body", "secret"),))) == "Parameters(1)"
