"""Tests of a cassette read as traffic."""

import json
from pathlib import Path
from typing import Any

import pytest

from fake_twilio.recording.cassette import CassetteError, read_cassette

REQUEST = {"method": "POST", "path": "/M.json", "body": {"To": "+1", "MediaUrl": ["a", "b"]}}


def read(tmp_path: Path, tree: Any) -> list[Any]:
    (tmp_path / "a.json").write_text(tree if isinstance(tree, str) else json.dumps(tree))
    return read_cassette(tmp_path / "a.json")


def one(**entry: Any) -> dict[str, Any]:
    return {"interactions": [{"request": REQUEST, "response": {"status": 200, "body": {}}, **entry}]}


def test_a_request_and_its_answer_are_as_they_were_on_the_wire(tmp_path: Path) -> None:
    response = {"status": 429, "body": {"code": 20429}, "headers": {"Retry-After": "2"}, "damage": "cut"}

    (recorded,) = read(tmp_path, one(response=response))

    assert (recorded.asked.method, recorded.asked.target) == ("POST", "/M.json")
    assert recorded.asked.body == b"To=%2B1&MediaUrl=a&MediaUrl=b"
    assert (recorded.answered.status, recorded.answered.body) == (429, b'{"code": 20429}')
    assert (recorded.answered.headers, recorded.is_damaged) == ((("retry-after", "2"),), True)


def test_what_got_lost_has_a_phase(tmp_path: Path) -> None:
    (recorded,) = read(tmp_path, one(error={"phase": "sent"}))

    assert (recorded.answered, recorded.phase) == (None, "sent")


def test_moments_count_from_the_first(tmp_path: Path) -> None:
    entries = [one(timestamp=f"2026-05-01T00:00:0{second}+00:00")["interactions"][0] for second in (1, 3)]

    assert [each.at for each in read(tmp_path, {"interactions": [*entries, *one()["interactions"]]})] == [0.0, 2.0, 0.0]


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ("{", "wanted JSON"),
        ("[" * 100_000, "wanted JSON"),
        ([], "the file: wanted an object, not list"),
        ({}, "interactions: this key is missing"),
        ({"interactions": [5]}, r"interactions\[0\]: wanted an object, not int"),
        ({"interactions": [{}]}, r"interactions\[0\].request: this key is missing"),
        (one(response={"status": True}), r"response.status: wanted a whole number, not bool"),
        (one(error={}), r"interactions\[0\].error.phase: this key is missing"),
        (one(request={**REQUEST, "body": {"To": 5}}), r"request.body.To: wanted a text, not int"),
    ],
)
def test_what_is_no_cassette_is_refused_with_its_place(tmp_path: Path, tree: Any, reason: str) -> None:
    with pytest.raises(CassetteError, match=reason):
        read(tmp_path, tree)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CassetteError, match="cannot be read"):
        read_cassette(tmp_path / "a.json")


def test_half_a_surrogate_pair_which_json_can_spell_is_replaced(tmp_path: Path) -> None:
    request = {**REQUEST, "body": {"Body": "\ud83d"}}

    (recorded,) = read(tmp_path, one(request=request, response={"status": 200, "body": "\ud83d"}))

    assert (recorded.asked.body, recorded.answered.body) == (b"Body=%3F", b"?")
