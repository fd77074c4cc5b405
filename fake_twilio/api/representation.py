"""In which form an answer is written: JSON, XML or CSV, by the path that was asked.

Source: Twilio's 2010 API answers XML unless its path ends in ``.json`` or ``.csv``; its other APIs answer JSON only.
Inferred: ``Accept`` decides nothing, and what a ``.csv`` path refuses is refused in JSON.
"""

import json
from typing import Any

from fake_twilio.api.render import VERSION
from fake_twilio.api.render_csv import CSV_TYPE, render_csv
from fake_twilio.api.render_xml import XML_TYPE, render_xml
from fake_twilio.domain.twilio.errors import Refusal

JSON_TYPE = "application/json"
# `json.dumps` would make an encoder for each answer; no answer is circular.
_write_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def represent(tree: dict[str, Any], path: str, element: str) -> tuple[str | bytes, str]:
    """Return the body of the answer at *path* and its type; *element* is the resource's name in XML."""
    form = type_of(path)
    if form == XML_TYPE:
        return render_xml(tree, element), form
    if form == CSV_TYPE:
        return render_csv(tree), form
    return _write_json(tree), form


def represent_refusal(error: Refusal, path: str) -> tuple[bytes, str]:
    """Return the body of a refusal at *path* and its type."""
    if type_of(path) == XML_TYPE:
        return render_xml(error.tree(), "RestException"), XML_TYPE
    return error.body(), JSON_TYPE


def type_of(path: str) -> str:
    """Return the type of the answers at *path*; an extension that the API does not know gets JSON, too."""
    if path.endswith(".json") or not f"{path}/".startswith(f"/{VERSION}/"):
        return JSON_TYPE
    if path.endswith(".csv"):
        return CSV_TYPE
    return JSON_TYPE if "." in path.rpartition("/")[2] else XML_TYPE
