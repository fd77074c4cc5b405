"""The numbers that Twilio's test credentials treat as a case each.

Source: Twilio, "Test credentials". Live credentials at Twilio treat none of them so; here they do where the scenario
says ``magic_numbers: true``.
"""

RECIPIENTS: dict[str, int] = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
SENDERS: dict[str, int] = {
    "+15005550001": 21212,
    "+15005550007": 21606,
    "+15005550008": 21611,
}


PURCHASES: dict[str, int] = {"+15005550000": 21422, "+15005550001": 21421}
EMPTY_AREA_CODE = "533"
TEST_SENDER = "+15005550006"


def test_code(to: str, sender: str | None) -> int | None:
    """Return what test credentials refuse a message with: they may send from one number, and from no service."""
    return magic_code(to, sender) or (None if sender == TEST_SENDER else 21606)


def purchase_code(number: str | None, area_code: str | None) -> int | None:
    """Return what test credentials refuse to buy with."""
    if not number and area_code == EMPTY_AREA_CODE:
        return 21452
    return PURCHASES.get(number or "")


def magic_code(to: str, sender: str | None) -> int | None:
    """Return the code that a message between these numbers is refused with; what is wrong with the recipient first."""
    return RECIPIENTS.get(to) or SENDERS.get(sender or "")
