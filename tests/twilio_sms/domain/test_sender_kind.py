"""Each text that a message may come from has one kind."""

import pytest

from twilio_sms.domain.sender_kind import SenderKind, sender_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("+15005550006", SenderKind.LONG_CODE, id="long code"),
        pytest.param("+447700900123", SenderKind.LONG_CODE, id="foreign number"),
        pytest.param("+18005550100", SenderKind.TOLL_FREE, id="800"),
        pytest.param("+18335550100", SenderKind.TOLL_FREE, id="833"),
        pytest.param("+18445550100", SenderKind.TOLL_FREE, id="844"),
        pytest.param("+18555550100", SenderKind.TOLL_FREE, id="855"),
        pytest.param("+18665550100", SenderKind.TOLL_FREE, id="866"),
        pytest.param("+18775550100", SenderKind.TOLL_FREE, id="877"),
        pytest.param("+18885550100", SenderKind.TOLL_FREE, id="888"),
        pytest.param("+18105550100", SenderKind.LONG_CODE, id="810 is a place"),
        pytest.param("+18225550100", SenderKind.LONG_CODE, id="822 is not in use"),
        pytest.param("+1800555010", SenderKind.LONG_CODE, id="a digit too few"),
        pytest.param("+8005550100", SenderKind.LONG_CODE, id="800 without a country"),
        pytest.param("123", SenderKind.SHORT_CODE, id="shortest short code"),
        pytest.param("12345678", SenderKind.SHORT_CODE, id="longest short code"),
        pytest.param("MyShop", SenderKind.OTHER, id="alphanumeric"),
        pytest.param("4 You", SenderKind.OTHER, id="alphanumeric with a digit"),
        pytest.param("+1 A", SenderKind.OTHER, id="alphanumeric with a plus"),
        pytest.param("MG" + "0d" * 16, SenderKind.OTHER, id="messaging service"),
    ],
)
def test_a_sender_has_one_kind(text, kind):
    assert sender_kind(text) is kind
