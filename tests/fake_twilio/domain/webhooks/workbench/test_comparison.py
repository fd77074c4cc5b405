"""Tests of where two requests differ."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.workbench.comparison import Row, form_rows, url_rows
from fake_twilio.domain.webhooks.workbench.visible import contrast

SENT = "https://app.test:8443/sms?shop=7"
PAIRS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=5).map(tuple)


def test_each_part_of_the_url_that_differs_is_a_row() -> None:
    rows = url_rows(SENT, "http://user@app.test/sms/?shop=7")

    assert rows == [
        Row("scheme", contrast("https", "http")),
        Row("userinfo", only="yours", value="user"),
        Row("port", only="sent", value="8443"),
        Row("path", contrast("/sms", "/sms/")),
    ]


def test_the_same_url_has_no_rows_and_no_url_has_one() -> None:
    assert url_rows(SENT, SENT) == []
    assert url_rows(SENT, "/sms?shop=7") == [Row("URL", contrast(SENT, "/sms?shop=7"))]


def test_each_parameter_that_differs_is_a_row() -> None:
    sent = (("To", "+1"), ("From", "+2"), ("Media", "a"), ("Media", "b"))
    given = (("From", "+2"), ("To", " 1"), ("Media", "b"), ("csrf", "x"))

    assert form_rows(sent, given) == [
        Row("To", contrast("+1", " 1")),
        Row("Media", only="sent", value="a"),
        Row("csrf", only="yours", value="x"),
    ]


@given(PAIRS, PAIRS)
def test_there_are_no_rows_where_the_same_is_signed(sent: Form, given: Form) -> None:
    assert (form_rows(sent, given) == []) == (set(sent) == set(given))
