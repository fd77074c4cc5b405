"""A preview says what a text takes, and which value made it so."""

import pytest

from twilio_sms.domain.preview import Foreigner, Preview
from twilio_sms.domain.template import BodyTemplate
from twilio_sms.errors import ValidationError


def _preview(text: str, **values: object) -> Preview:
    return Preview.of(BodyTemplate.parse(text), values)


def test_a_text_in_gsm7_has_nobody_to_blame():
    preview = _preview("Hi $name!", name="Zoé")

    assert (preview.text, preview.encoding, preview.segments) == ("Hi Zoé!", "GSM-7", 1)
    assert preview.characters_left == 160 - 7
    assert preview.forced_by == ()


@pytest.mark.parametrize(
    ("text", "value", "blamed"),
    [
        pytest.param("Hi $name!", "Zoë", [("ë", "name", None)], id="a letter that nothing looks like"),
        pytest.param("Hi $name!", "O\u2019Neill", [("\u2019", "name", "'")], id="a quote that Smart Encoding replaces"),
        pytest.param("It\u2019s $name", "Zoe", [("\u2019", None, "'")], id="the template's own text"),
        pytest.param("…$name", "ł…", [("…", None, "..."), ("ł", "name", None), ("…", "name", "...")], id="both"),
        pytest.param("a$name", "x\u200b", [("\u200b", "name", "")], id="one that Smart Encoding drops"),
    ],
)
def test_who_forces_ucs2_is_named(text, value, blamed):
    preview = _preview(text, name=value)

    assert preview.encoding == "UCS-2"
    assert preview.forced_by == tuple(Foreigner(*each) for each in blamed)


def test_a_long_text_is_counted_with_and_without_smart_encoding():
    preview = _preview("$name " + "x" * 100, name="O\u2019Neill")

    assert (preview.plain.encoding, preview.segments) == ("UCS-2", 2)
    assert (preview.smart.encoding, preview.smart.segments) == ("GSM-7", 1)


def test_one_value_among_many_is_found():
    preview = _preview("$a $b $c", a="Anna", b="Ян", c="Carl")

    assert {each.placeholder for each in preview.forced_by} == {"b"}


def test_values_are_read_as_strictly_as_those_of_a_message():
    with pytest.raises(ValidationError, match="needs name"):
        _preview("Hi $name", nmae="x")


def test_a_preview_does_not_show_the_text():
    assert "Zoe" not in repr(_preview("Hi $name!", name="Zoe"))
