import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.names import route_of

ACCOUNT = "http://127.0.0.1:7670/2010-04-01/Accounts/AC" + "0a" * 16
MESSAGE = "SM" + "0c" * 16


@pytest.mark.parametrize(
    ("url", "route"),
    [
        (f"{ACCOUNT}/Messages.json", "/2010-04-01/Accounts/{Sid}/Messages.json"),
        (f"{ACCOUNT}/Messages/{MESSAGE}.json", "/2010-04-01/Accounts/{Sid}/Messages/{Sid}.json"),
        (f"{ACCOUNT}/Messages/{MESSAGE}/Media/ME{'0F' * 16}", "/2010-04-01/Accounts/{Sid}/Messages/{Sid}/Media/{Sid}"),
        (f"{ACCOUNT}/Messages.json?To=%2B15551234567&PageSize=50", "/2010-04-01/Accounts/{Sid}/Messages.json"),
        ("http://[::1]:1/v2/PhoneNumbers/+15551234567?Fields=x", "/v2/PhoneNumbers/{Number}"),
        ("https://lookups.test/v2/PhoneNumbers/%2B15551234567", "/v2/PhoneNumbers/{Number}"),
        ("https://lookups.test/v2/PhoneNumbers/%28415%29%20555-2671", "/v2/PhoneNumbers/{Number}"),
        ("https://lookups.test/v2/PhoneNumbers/(415) 555.2671.json", "/v2/PhoneNumbers/{Number}.json"),
        ("https://lookups.test/v2/ShortCodes/12345", "/v2/ShortCodes/{Number}"),
        ("http://127.0.0.1:1/v1/Services/MG" + "1" * 32 + "#part", "/v1/Services/{Sid}"),
        ("http://127.0.0.1:1/app/order-15551234567-late", "/app/order-{Number}-late"),
        ("http://127.0.0.1:1/_fake/health", "/_fake/health"),
        ("http://127.0.0.1:1/", "/"),
        ("http://127.0.0.1:1", ""),
    ],
)
def test_a_route_names_no_message_and_nobody(url: str, route: str) -> None:
    assert route_of(url) == route


@given(
    sid=st.from_regex(r"[A-Z]{2}[0-9a-f]{32}", fullmatch=True),
    number=st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True),
)
def test_all_messages_and_all_numbers_have_one_route(sid: str, number: str) -> None:
    assert route_of(f"http://h/x/{sid}.json") == "/x/{Sid}.json"
    assert not re.search("[0-9]{3}", route_of(f"http://h/x/{number}?To={number}"))
