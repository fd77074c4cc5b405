"""An answer's tree as Twilio's XML; pure.

Twilio: a `TwilioResponse` around one element, whose children are the keys in CamelCase; the paging keys of a list are
attributes, and an address has no ``.json``. Inferred: nulls and what XML 1.0 cannot say, which becomes U+FFFD.
"""

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from fake_twilio.api.render import parameter_of

XML_TYPE = "application/xml"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, "Characters"
_PAGING = ("page", "page_size", "start", "end", "uri", "first_page_uri", "next_page_uri", "previous_page_uri")


def render_xml(tree: dict[str, Any], element: str) -> bytes:
    """Return *tree*, a thing or a page of things, each of which is an *element*."""
    root = Element("TwilioResponse")
    if "page_size" in tree:
        _add_page(root, tree, element)
    else:
        _fill(SubElement(root, element), tree)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written.replace(b"\r", b"&#13;")  # a reader takes a bare one for a line feed


def _add_page(root: Element, tree: dict[str, Any], element: str) -> None:
    (records,) = tree.keys() - set(_PAGING)
    attributes = {key.replace("_", ""): _text(tree[key]) for key in _PAGING}
    page = SubElement(root, parameter_of(records), attributes)
    for record in tree[records]:
        _fill(SubElement(page, element), record)


def _fill(parent: Element, tree: dict[str, Any], *, are_addresses: bool = False) -> None:
    for key, value in tree.items():
        child = SubElement(parent, parameter_of(key))
        if isinstance(value, dict):
            _fill(child, value, are_addresses=key == "subresource_uris")
        elif are_addresses or key == "uri":
            child.text = _text(value).removesuffix(".json")
        else:
            child.text = _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _FORBIDDEN.sub("\ufffd", str(value))
