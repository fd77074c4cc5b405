"""What is written is what a parser reads."""

import xml.etree.ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.webhooks.xml_text import write

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\r\n\t<>&\"'")
)
NAMES = st.sampled_from(["a", "Message", "to"])


@st.composite
def elements(draw, depth=2):
    element = ET.Element(draw(NAMES), draw(st.dictionaries(NAMES, TEXTS, max_size=2)))
    element.text = draw(TEXTS | st.none())
    for child in draw(st.lists(elements(depth - 1), max_size=2)) if depth else ():
        child.tail = draw(TEXTS | st.none())
        element.append(child)
    return element


def shape(element):
    return element.tag, element.attrib, element.text or "", element.tail or "", [shape(child) for child in element]


@given(element=elements())
def test_all_that_an_element_holds_comes_back(element):
    assert shape(fromstring(write(element))) == shape(element)


@pytest.mark.parametrize("xml", ["<a/>", "<a>x</a>", '<a b="1"/>', "<a>x<b/>y<c>z</c></a>", "<a>&amp;&lt;</a>"])
def test_it_is_written_as_it_is_usually_written(xml):
    assert write(ET.fromstring(xml)) == xml
