"""Tests of an answer's tree as Twilio's XML."""

import re

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given
from hypothesis import strategies as st

from fake_twilio.api.render_xml import render_xml

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>\n"
PATH = "/2010-04-01/Accounts/AC1/Messages"
PAGE = {
    "first_page_uri": f"{PATH}?To=%2B1&PageSize=2&Page=0",
    "next_page_uri": f"{PATH}?To=%2B1&PageSize=2&Page=1&PageToken=PASM1",
    "previous_page_uri": None,
    "uri": f"{PATH}?To=%2B1&PageSize=2&Page=0",
    "page": 0,
    "page_size": 2,
    "start": 0,
    "end": 1,
}


def test_a_thing_is_one_element_whose_children_are_its_keys() -> None:
    tree = {
        "num_segments": "1",
        "price": None,
        "error_code": 30007,
        "beta": False,
        "capabilities": {"voice": True},
        "uri": f"{PATH}/SM1.json",
        "sms_url": "https://example.com/a.json",
        "subresource_uris": {"media": f"{PATH}/SM1/Media.json"},
    }

    assert render_xml(tree, "Message").decode() == DECLARATION.decode() + (
        "<TwilioResponse><Message><NumSegments>1</NumSegments><Price /><ErrorCode>30007</ErrorCode><Beta>false</Beta>"
        f"<Capabilities><Voice>true</Voice></Capabilities><Uri>{PATH}/SM1</Uri>"
        "<SmsUrl>https://example.com/a.json</SmsUrl>"
        f"<SubresourceUris><Media>{PATH}/SM1/Media</Media></SubresourceUris></Message></TwilioResponse>"
    )


def test_a_page_has_the_paging_keys_as_attributes() -> None:
    (page,) = fromstring(render_xml({**PAGE, "messages": [{"sid": "SM1"}, {"sid": "SM2"}]}, "Message"))

    assert page.tag == "Messages"
    assert [(message.tag, message.findtext("Sid")) for message in page] == [("Message", "SM1"), ("Message", "SM2")]
    assert page.attrib == {
        "page": "0",
        "pagesize": "2",
        "start": "0",
        "end": "1",
        "uri": PAGE["uri"],
        "firstpageuri": PAGE["first_page_uri"],
        "nextpageuri": PAGE["next_page_uri"],
        "previouspageuri": "",
    }


def test_an_empty_page_is_an_element_of_the_name_of_the_list() -> None:
    (page,) = fromstring(render_xml({**PAGE, "media_list": []}, "Media"))

    assert (page.tag, len(page)) == ("MediaList", 0)


@given(st.text(st.characters()))
@example("<Body>&amp;]]></Body><!-- -->")
@example("\r\n \r \n \t \x85 \u2028 ")
@example("\x00\x1b[31m\ud800\ufffe\U0010ffff")
def test_any_text_comes_back_but_for_what_xml_cannot_say(text: str) -> None:
    root = fromstring(render_xml({"body": text}, "Message"))

    assert (root.findtext("Message/Body") or "") == FORBIDDEN.sub("\ufffd", text)


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", "<&>\"'", "\x00", "\ufffe"])
def test_any_address_of_a_page_comes_back_too(text: str) -> None:
    (page,) = fromstring(render_xml({**PAGE, "uri": text, "messages": []}, "Message"))

    assert page.get("uri") == FORBIDDEN.sub("\ufffd", text)
