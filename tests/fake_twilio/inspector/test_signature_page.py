"""The workbench answers whatever is asked of it, and says what it is about."""

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from twilio.request_validator import RequestValidator

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.signature_page import MOST_SHOWN
from fake_twilio.inspector.workbench_link import MOST_CHARACTERS, workbench_link
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.e2e.browser.payloads import PAYLOADS
from tests.sending import send

APP = "https://app.test"
URL = f"{APP}:8443/sms?shop=7"
FORM = {"MessageSid": "SM1", "From": "+15551234567", "Body": "héllo"}
FIELDS = ("url", "parameters", "signature", "headers", "method")


def asked(fake: FakeTwilio, **fields: str) -> str:
    """Return the page as it can be read, without its tags."""
    answer = requests.get(f"{fake.url}/signature", fields, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return html.unescape(re.sub("<[^>]*>", "", answer.text))


def signed(fake: FakeTwilio, url: str = URL, token: str = "", **more: str) -> dict[str, str]:
    """Return the fields of a request that the official SDK has signed, with the fake's token if no other is given."""
    form = {**FORM, **more}
    signature = RequestValidator(token or fake.auth_token).compute_signature(url, form)
    return {"method": "POST", "url": url, "parameters": urlencode(form), "signature": str(signature)}


def take(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("204 No Content", [])
    return []


def test_without_a_request_it_says_how_twilio_signs(fake_twilio: FakeTwilioFixture) -> None:
    page = asked(fake_twilio)

    assert "How Twilio signs" in page
    assert "Recent webhooks" not in page


def test_a_signature_that_is_right_matches(fake_twilio: FakeTwilioFixture) -> None:
    page = asked(fake_twilio, **signed(fake_twilio))

    assert "It matches" in page
    assert f"of the auth token of {fake_twilio.account_sid}" in page


def test_a_port_that_validators_try_by_themselves_is_told(fake_twilio: FakeTwilioFixture) -> None:
    page = asked(fake_twilio, **{**signed(fake_twilio, f"{APP}:443/sms"), "url": f"{APP}/sms"})

    assert "It was made for https://app.test:443/sms" in page


def test_what_would_match_is_told_with_what_was_signed(fake_twilio: FakeTwilioFixture) -> None:
    page = asked(fake_twilio, **{**signed(fake_twilio), "url": f"{APP}/sms?shop=7"})

    assert "It does not match as it is given" in page
    assert "the port :8443" in page
    assert f"{URL}Bodyhéllo" in page


def test_what_matches_nothing_is_told(fake_twilio: FakeTwilioFixture) -> None:
    page = asked(fake_twilio, **{**signed(fake_twilio), "signature": "abc"})

    assert "this has 3" in page
    assert re.search(r"[0-9],[0-9]{3} ways to sign something like it were tried", page)


def test_without_a_signature_the_right_one_is_shown(fake_twilio: FakeTwilioFixture) -> None:
    right = signed(fake_twilio)

    page = asked(fake_twilio, **{**right, "signature": ""})

    assert "Nothing to compare with" in page
    assert right["signature"] in page


def test_a_body_that_is_not_the_one_in_the_url_is_told(fake_twilio: FakeTwilioFixture) -> None:
    made = fake_twilio.sign_json(f"{APP}/events", {"a": 1})
    fields = {"url": made.url, "signature": made.headers["X-Twilio-Signature"]}

    assert "It matches" in asked(fake_twilio, **fields, parameters='{"a": 1}')
    assert "the body is not the one whose hash" in asked(fake_twilio, **fields, parameters='{"a": 2}')


def test_the_token_of_a_subaccount_is_named_and_not_shown(fake_twilio: FakeTwilioFixture) -> None:
    login = (fake_twilio.account_sid, fake_twilio.auth_token)
    sub = requests.post(f"{fake_twilio.url}/2010-04-01/Accounts.json", auth=login, timeout=5).json()
    signature = RequestValidator(sub["auth_token"]).compute_signature(URL, FORM)

    page = asked(fake_twilio, **{**signed(fake_twilio), "signature": signature})

    assert f"the auth token of {sub['sid']}, in place of" in page
    assert sub["auth_token"] not in page
    assert fake_twilio.auth_token not in page
    assert "It matches" in asked(fake_twilio, **signed(fake_twilio, token=sub["auth_token"], AccountSid=sub["sid"]))


@pytest.mark.parametrize(("method", "chosen"), [("GET", "GET"), ("POST", "POST"), ("", "POST"), ("get it", "POST")])
def test_a_method_that_is_none_is_a_post(fake_twilio: FakeTwilioFixture, method: str, chosen: str) -> None:
    page = requests.get(f"{fake_twilio.url}/signature", {**signed(fake_twilio), "method": method}, timeout=10).text

    assert re.findall("<option selected>([^<]*)<", page) == [chosen]


def test_a_webhook_of_this_fake_is_recognised(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount(APP, take)
    sid = send(fake_twilio, status_callback=f"{APP}/status")
    fake_twilio.settle()
    sent = fake_twilio.callbacks[-1]
    lost = urlencode(
        [pair for pair in sent.webhook.form if pair[0] != "To"] + [("csrf", "\u200b"), ("x", "1"), ("y", "2")]
    )

    page = asked(fake_twilio, url="http://10.0.0.1/status/", parameters=lost, signature=sent.signature)

    assert f"This is the webhook delivered of {sid}" in page
    assert "Your URL differs" in page
    assert "csrf" in page
    assert "U+200B" in page
    assert "8 others are as they were sent" in page
    assert "ways to sign" not in page


def test_the_page_of_a_message_leads_to_the_workbench(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount(APP, take)
    sid = send(fake_twilio, status_callback=f"{APP}/status")
    fake_twilio.settle()
    text = requests.get(f"{fake_twilio.url}/messages/{sid}", timeout=5).text

    links = [html.unescape(link) for link in re.findall(r'<a href="(/signature\?[^"]+)">Take to the workbench', text)]

    assert links == [workbench_link(delivery) for delivery in fake_twilio.callbacks]
    for link in links:
        assert "It matches" in requests.get(f"{fake_twilio.url}{link}", timeout=5).text
    assert "Recent webhooks" in asked(fake_twilio)


def test_a_signature_that_is_wrong_on_purpose_is_told(fake_twilio: FakeTwilioFixture) -> None:
    rule = "about: x\ndefaults: {timeline: [{status: sent, after: 1s}], callbacks: {bad_signature: true}}\n"
    fake_twilio.use(parse_scenario(rule, file="x.yaml"))
    fake_twilio.mount(APP, take)
    send(fake_twilio, status_callback=f"{APP}/status")
    fake_twilio.settle()

    page = requests.get(f"{fake_twilio.url}{workbench_link(fake_twilio.callbacks[-1])}", timeout=5).text

    assert "signed it wrongly on purpose" in page


HOSTILE = (
    "\0\x1b\u202e\u200b",
    "%00%ff%ed%a0%80",
    '{"\\ud800": ["\\u0000"]}',
    "{" * 12_000,
    "a&" * 9_000,
    "http://[::1",
    "=",
)


@pytest.mark.parametrize("field", FIELDS)
def test_no_text_is_too_strange_for_a_field(fake_twilio: FakeTwilioFixture, field: str) -> None:
    for text in HOSTILE:
        assert (
            "</html>"
            in requests.get(f"{fake_twilio.url}/signature", {**signed(fake_twilio), field: text}, timeout=10).text
        )


@pytest.mark.parametrize("query", ["%", "url=%ff%fe", "url=%ed%a0%80&parameters=%00", "&&=&url", "url=x&url=y&token=z"])
def test_no_query_is_too_strange(fake_twilio: FakeTwilioFixture, query: str) -> None:
    answer = requests.get(f"{fake_twilio.url}/signature?{query}", timeout=10)

    assert (answer.status_code, "</html>" in answer.text) == (200, True)


ALLOWED = (
    "html|head|meta|title|link|script|body|a|header|strong|nav|span|button|main|h1|h2|h3|h4|p|form|label|select|option|"
    "input|textarea|details|summary|section|pre|dl|dt|dd|i|b|br|ul|li|code|mark"
)
FOREIGN_TAG = re.compile(rf"<(?!/?(?:{ALLOWED})\b|!doctype)")


def test_no_text_leaves_its_place(fake_twilio: FakeTwilioFixture) -> None:
    with requests.Session() as session:
        for number, payload in enumerate(PAYLOADS):
            fields = {name: PAYLOADS[number - place] for place, name in enumerate(FIELDS)}
            text = session.get(f"{fake_twilio.url}/signature", params=fields, timeout=10).text

            assert payload in html.unescape(text)
            assert (FOREIGN_TAG.findall(text), text.count("<script")) == ([], 2)


def test_as_much_as_is_promised_fits_into_the_address(fake_twilio: FakeTwilioFixture) -> None:
    fields = urlencode({"url": URL, "signature": "x", "parameters": ""})
    text = "x" * (MOST_CHARACTERS - len(fields))

    fits = requests.get(f"{fake_twilio.url}/signature?{fields}{text}", timeout=10)
    long = requests.get(f"{fake_twilio.url}/signature?{fields}{text}{'x' * 200}", timeout=10)

    assert (fits.status_code, long.status_code) == (200, 414)


def test_of_many_parameters_all_are_counted_and_the_first_are_shown(fake_twilio: FakeTwilioFixture) -> None:
    page = asked(fake_twilio, url=URL, parameters=urlencode({f"p{number}": "x" for number in range(MOST_SHOWN + 3)}))

    assert f"{MOST_SHOWN + 3} parameters, in the order" in page
    assert "3 more are not shown." in page
