"""The path decides whether an answer is JSON, XML or CSV: the rule, and the rule on the wire."""

import csv
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import requests
from defusedxml.ElementTree import fromstring

from fake_twilio.api.render_csv import CSV_TYPE
from fake_twilio.api.render_xml import XML_TYPE
from fake_twilio.api.representation import JSON_TYPE, represent, represent_refusal, type_of
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER

ROOT = "/2010-04-01/Accounts"
SID = "SM" + "0" * 32
BODIES = ["<b>&amp;]]>", "a\rb\r\nc\nd", "\x00\x1b[31m", "\ufffe", "😀 é", '"=1+1", x', "  two  "]
REFUSAL = ["Code", "Message", "MoreInfo", "Status"]

TYPES = [
    (f"{ROOT}.json", JSON_TYPE),
    (ROOT, XML_TYPE),
    (f"{ROOT}/AC1/Messages.csv", CSV_TYPE),
    (f"{ROOT}/", XML_TYPE),
    (f"{ROOT}.json/", XML_TYPE),
    (f"{ROOT}/AC1.json/Messages", XML_TYPE),
    (f"{ROOT}/.json", JSON_TYPE),
    (f"{ROOT}.json.json", JSON_TYPE),
    (f"{ROOT}.html", JSON_TYPE),
    ("/2010-04-01", XML_TYPE),
    ("/2010-04-01.csv", JSON_TYPE),
    ("/v2/PhoneNumbers/x.csv", JSON_TYPE),
    ("/v1/AuthTokens/Promote", JSON_TYPE),
    ("/nowhere", JSON_TYPE),
    ("/", JSON_TYPE),
    ("", JSON_TYPE),
]


@pytest.mark.parametrize(("path", "expected"), TYPES, ids=[path for path, _ in TYPES])
def test_the_extension_of_a_2010_path_decides(path: str, expected: str) -> None:
    assert type_of(path) == expected


def test_each_form_of_an_answer_has_its_type() -> None:
    assert represent({"a": "é"}, "/x", "") == ('{"a": "é"}', JSON_TYPE)
    assert represent({"a": "é"}, "/2010-04-01/x", "X")[1] == XML_TYPE
    assert represent({"messages": []}, "/2010-04-01/x.csv", "X")[1] == CSV_TYPE


def test_a_csv_path_refuses_in_json() -> None:
    assert represent_refusal(refusal(20404), "/2010-04-01/x.csv") == (refusal(20404).body(), JSON_TYPE)


def ask(fake: FakeTwilioFixture, method: str, path: str, **options: Any) -> requests.Response:
    credentials = (fake.account_sid, fake.auth_token)
    url = fake.url + path.replace("AC1", fake.account_sid)
    return requests.request(method, url, **{"auth": credentials, "timeout": 5, **options})


def parsed(response: requests.Response, status: int = 200) -> Element:
    """Return the element in an answer of XML."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/xml")
    root = fromstring(response.content)
    assert (root.tag, len(root)) == ("TwilioResponse", 1)
    found: Element = root[0]
    return found


def send(fake: FakeTwilioFixture, body: str = "x", **more: str) -> Element:
    form = {"To": RECIPIENT, "From": SENDER, "Body": body, **more}
    return parsed(ask(fake, "POST", f"{ROOT}/AC1/Messages", data=form), 201)


def text(element: Element, name: str) -> str:
    return element.findtext(name) or ""


def test_a_message_is_made_changed_and_deleted_in_xml(fake_twilio: FakeTwilioFixture) -> None:
    made = send(fake_twilio, "hello")
    path = text(made, "Uri")
    fake_twilio.settle()

    redacted = parsed(ask(fake_twilio, "POST", path, data={"Body": ""}))

    assert path == f"{ROOT}/{fake_twilio.account_sid}/Messages/{text(made, 'Sid')}"
    assert (text(made, "Body"), text(made, "Status"), text(redacted, "Body")) == ("hello", "queued", "")
    assert ask(fake_twilio, "DELETE", path).status_code == 204
    assert text(parsed(ask(fake_twilio, "GET", path), 404), "Code") == "20404"


@pytest.mark.parametrize("body", BODIES, ids=ascii)
def test_a_message_is_the_same_in_each_form(fake_twilio: FakeTwilioFixture, body: str) -> None:
    path = text(send(fake_twilio, body), "Uri")
    fake_twilio.settle()

    tree = ask(fake_twilio, "GET", f"{path}.json").json()
    element = parsed(ask(fake_twilio, "GET", path))

    assert text(element, "Body") == body.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ufffe", "\ufffd")
    told = {"".join(map(str.capitalize, key.split("_"))): value or "" for key, value in tree.items()}
    links = {key.capitalize(): value.removesuffix(".json") for key, value in told.pop("SubresourceUris").items()}
    assert {child.tag: child.text or "" for child in element.findall("SubresourceUris/*")} == links
    for name in told.keys() - {"Body", "Uri"}:
        assert text(element, name) == told[name]
    assert rows(ask(fake_twilio, "GET", f"{ROOT}/AC1/Messages.csv")) == [told]


def test_the_pages_of_a_list_lead_to_its_end(fake_twilio: FakeTwilioFixture) -> None:
    sids = [text(send(fake_twilio, f"<{number}>"), "Sid") for number in range(5)][::-1]
    path = f"{ROOT}/{fake_twilio.account_sid}/Messages?PageSize=2&To=%2B15551234567"

    found, previous = [], []
    while path:
        page = parsed(ask(fake_twilio, "GET", path))
        found += [text(message, "Sid") for message in page.iter("Message")]
        path = page.attrib["nextpageuri"]
        previous.append(page.attrib["previouspageuri"])

    assert found == sids
    assert (page.tag, page.get("page"), page.get("start"), page.get("end")) == ("Messages", "2", "4", "4")
    assert previous[0] == ""
    assert all(address.startswith(f"{ROOT}/{fake_twilio.account_sid}/Messages?") for address in previous[1:])


def rows(response: requests.Response) -> list[dict[str, str]]:
    assert (response.status_code, response.headers["Content-Type"]) == (200, CSV_TYPE)
    return list(csv.DictReader(StringIO(response.content.decode(), newline=""), strict=True))


def test_a_csv_has_the_filters_and_pages_of_the_list(fake_twilio: FakeTwilioFixture) -> None:
    sids = [text(send(fake_twilio), "Sid") for _ in range(3)][::-1]
    send(fake_twilio, To="+15551230000")
    asked = {"To": RECIPIENT, "PageSize": "2"}

    first = rows(ask(fake_twilio, "GET", f"{ROOT}/AC1/Messages.csv", params=asked))
    token = f"PA{first[-1]['Sid']}"
    second = rows(
        ask(fake_twilio, "GET", f"{ROOT}/AC1/Messages.csv", params={**asked, "Page": "1", "PageToken": token})
    )

    assert [row["Sid"] for row in first + second] == sids


def test_every_resource_of_the_2010_api_has_its_element(fake_twilio: FakeTwilioFixture) -> None:
    sid = text(send(fake_twilio, MediaUrl="https://example.com/a.png"), "Sid")
    number = parsed(ask(fake_twilio, "POST", f"{ROOT}/AC1/IncomingPhoneNumbers", data={"AreaCode": "415"}), 201)
    key = parsed(ask(fake_twilio, "POST", f"{ROOT}/AC1/Keys", data={"FriendlyName": "ci"}), 201)
    media = parsed(ask(fake_twilio, "GET", f"{ROOT}/AC1/Messages/{sid}/Media"))
    feedback = parsed(ask(fake_twilio, "POST", f"{ROOT}/AC1/Messages/{sid}/Feedback", data={"Outcome": "confirmed"}))

    assert (number.tag, number.findtext("Capabilities/Voice"), text(number, "Beta")) == (
        "IncomingPhoneNumber",
        "true",
        "false",
    )
    assert (key.tag, bool(text(key, "Secret"))) == ("Key", True)
    assert (media.tag, [item.tag for item in media]) == ("MediaList", ["Media"])
    assert (feedback.tag, text(feedback, "Outcome")) == ("MessageFeedback", "confirmed")
    assert parsed(ask(fake_twilio, "GET", f"{ROOT}/AC1")).tag == "Account"
    for path, names in (("", ("Accounts", "Account")), ("/AC1/Keys", ("Keys", "Key"))):
        page = parsed(ask(fake_twilio, "GET", ROOT + path))
        assert (page.tag, page[0].tag) == names


def test_a_media_path_without_extension_is_the_file(fake_twilio: FakeTwilioFixture) -> None:
    sid = text(send(fake_twilio, MediaUrl="https://example.com/a.png"), "Sid")
    (media,) = parsed(ask(fake_twilio, "GET", f"{ROOT}/AC1/Messages/{sid}/Media"))

    response = ask(fake_twilio, "GET", text(media, "Uri"))

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert ask(fake_twilio, "DELETE", text(media, "Uri")).status_code == 204
    assert text(parsed(ask(fake_twilio, "GET", text(media, "Uri")), 404), "Code") == "20404"


REFUSED = [
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}", 404, 20404, id="no message"),
    pytest.param("GET", f"{ROOT}/AC1/Nothing", 404, 20404, id="no route"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/", 404, 20404, id="a slash behind it"),
    pytest.param("GET", f"{ROOT}/AC1/Messages.json/", 404, 20404, id="a slash behind json"),
    pytest.param("PUT", f"{ROOT}/AC1/Messages", 405, 20004, id="no such method"),
    pytest.param("DELETE", f"{ROOT}/AC1/Messages", 405, 20004, id="no such method of the list"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}/Feedback", 405, 20004, id="no such method of feedback"),
    pytest.param("POST", f"{ROOT}/AC1/Messages", 400, 21604, id="no recipient"),
    pytest.param("GET", f"{ROOT}/AC1/Messages?PageToken=x", 400, 21481, id="a bad token"),
    pytest.param("GET", f"{ROOT}/AC9/Messages", 404, 20404, id="no account"),
]


@pytest.mark.parametrize(("method", "path", "status", "code"), REFUSED)
def test_a_path_without_extension_refuses_in_xml(
    fake_twilio: FakeTwilioFixture, method: str, path: str, status: int, code: int
) -> None:
    refused = parsed(ask(fake_twilio, method, path, headers={"Accept": "application/json"}), status)

    assert (refused.tag, [child.tag for child in refused]) == ("RestException", REFUSAL)
    assert (text(refused, "Code"), text(refused, "Status")) == (str(code), str(status))
    assert text(refused, "MoreInfo") == f"https://www.twilio.com/docs/errors/{code}"


def test_wrong_credentials_are_refused_in_xml(fake_twilio: FakeTwilioFixture) -> None:
    response = ask(fake_twilio, "GET", f"{ROOT}/AC1/Messages", auth=("AC1", "x"))

    assert text(parsed(response, 401), "Code") == "20003"
    assert response.headers["WWW-Authenticate"] == 'Basic realm="Twilio API"'


def test_a_test_account_is_refused_in_xml(fake_twilio: FakeTwilioFixture) -> None:
    credentials = (fake_twilio.test_account_sid, fake_twilio.test_auth_token)

    response = ask(fake_twilio, "GET", f"{ROOT}/{fake_twilio.test_account_sid}/Messages", auth=credentials)

    assert text(parsed(response, 403), "Code") == "20008"


TRICKS = [
    pytest.param("GET", f"{ROOT}/AC1/Messages.json.json", 404, id="json twice"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}.csv", 404, id="one message as csv"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}.xml", 404, id="xml"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}.json.json", 404, id="a message twice"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/.json", 404, id="no sid"),
    pytest.param("DELETE", f"{ROOT}/AC1/Messages/.json", 404, id="deleting no sid"),
    pytest.param("GET", f"{ROOT}/AC1/Messages.", 404, id="a dot"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}/Media/.json", 404, id="no media sid"),
    pytest.param("GET", f"{ROOT}/AC1/Keys.csv", 404, id="another list as csv"),
    pytest.param("GET", f"{ROOT}/.json", 404, id="no account sid"),
    pytest.param("POST", f"{ROOT}/AC1/Messages.csv", 405, id="sending by csv"),
    pytest.param("DELETE", f"{ROOT}/AC1.json", 405, id="deleting an account"),
    pytest.param("GET", f"{ROOT}/AC1/Messages/{SID}/Feedback.json", 405, id="reading feedback"),
    pytest.param("GET", f"{ROOT}/AC1/Messages.csv?PageToken=x", 400, id="a bad token of a csv"),
    pytest.param("GET", "/v1/AuthTokens/Promote", 405, id="another API"),
    pytest.param("GET", "/v2/PhoneNumbers/x.json.csv", 200, id="a number that looks like a file"),
]


@pytest.mark.parametrize(("method", "path", "status"), TRICKS)
def test_what_has_an_extension_or_is_no_2010_path_answers_in_json(
    fake_twilio: FakeTwilioFixture, method: str, path: str, status: int
) -> None:
    response = ask(fake_twilio, method, path, headers={"Accept": "application/xml"})

    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/json")
    assert response.json().get("status", 200) == status
