"""The tree of spans is data, and a tracer that is not there does nothing."""

import pytest

from twilio_sms.observability.spans import TREE, Attribute, NullTracer


def test_every_span_but_the_root_stands_under_one_other():
    children = [child for under in TREE.values() for child in under]

    assert len(children) == len(set(children))
    assert set(TREE) - set(children) == {"twilio.send_sms"}


def test_the_way_to_the_wire_goes_through_one_attempt():
    assert TREE["http_request"] == ("twilio.attempt",)
    assert TREE["twilio.attempt"] == ("http.send",)


def test_attribute_names_are_dotted_and_no_two_are_equal():
    assert all("." in name for name in Attribute)
    assert len({name.value for name in Attribute}) == len(Attribute.__members__)


def test_a_span_that_nobody_sees_may_be_entered_in_itself():
    tracer = NullTracer()

    with tracer.span("a") as outer, tracer.span("b") as inner:
        inner.set(Attribute.STATUS, "queued")

    assert outer is inner
    assert tracer.traceparent() is None


def test_a_span_that_nobody_sees_lets_errors_through():
    with pytest.raises(RuntimeError), NullTracer().span("a"):
        raise RuntimeError
