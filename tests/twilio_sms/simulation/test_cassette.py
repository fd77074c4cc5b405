"""Tests of the file on disk."""

import json
from pathlib import Path
from typing import Any

import pytest

from twilio_sms.errors import ReplayError
from twilio_sms.simulation.cassette import Answer, Asked, Interaction, read_cassette, write_cassette
from twilio_sms.verdict import Phase

ASKED = Asked("POST", "/Messages.json", (("To", "+1"), ("MediaUrl", "a"), ("MediaUrl", "b")))
SENT = Interaction(ASKED, Answer(201, {"sid": "SM1"}), "2026-05-01T00:00:00Z")
LOST = Interaction(ASKED, Phase.SENT, "2026-05-01T00:00:01Z")
LIMITED = Interaction(ASKED, Answer(429, {"code": 20429}, {"retry-after": "2"}, "cut"))


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.json"

    write_cassette(path, [SENT, LOST, LIMITED])

    assert read_cassette(path) == (SENT, LOST, LIMITED)
    assert path.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in path.parent.iterdir()] == ["a.json"]


def test_the_format_is_the_one_that_is_told(tmp_path: Path) -> None:
    write_cassette(tmp_path / "a.json", [SENT])

    tree = json.loads((tmp_path / "a.json").read_text())

    assert tree["interactions"] == [
        {
            "request": {"method": "POST", "path": "/Messages.json", "body": {"To": "+1", "MediaUrl": ["a", "b"]}},
            "response": {"status": 201, "body": {"sid": "SM1"}},
            "timestamp": "2026-05-01T00:00:00Z",
        }
    ]


def test_who_reads_meanwhile_reads_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_cassette(path, [SENT])

    with path.open() as reader:
        write_cassette(path, [LOST, LIMITED])

        assert len(json.load(reader)["interactions"]) == 1


def test_what_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_cassette(path, [SENT])

    with pytest.raises(TypeError):
        write_cassette(path, [Interaction(ASKED, Answer(200, {"sid": object()}))])  # type: ignore[dict-item] # on purpose

    assert read_cassette(path) == (SENT,)
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def entry(**changes: Any) -> dict[str, Any]:
    tree = {"request": {"method": "GET", "path": "/a", "body": {}}, "response": {"status": 200, "body": {}}}
    return {"interactions": [{**tree, **changes}]}


def test_keys_that_it_does_not_know_are_read_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({**entry(note="by hand"), "version": 7}))

    assert read_cassette(tmp_path / "a.json") == (Interaction(Asked("GET", "/a"), Answer(200, {})),)


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ([], "the file must be an object, is list"),
        ({}, "interactions is missing"),
        ({"interactions": {}}, "interactions must be a list"),
        ({"interactions": [5]}, r"interactions\[0\] must be an object, is int"),
        (entry(request={"path": "/a"}), r"interactions\[0\].request.method is missing"),
        (entry(request={"method": "GET", "path": "a"}), r"interactions\[0\].request.path must begin with /"),
        (entry(request={"method": "GET", "path": "/a", "body": {"To": 5}}), r"request.body.To must be a text, is int"),
        (entry(response={"status": "201"}), r"response.status must be a whole number, is str"),
        (entry(response={"status": True}), r"response.status must be a whole number, is bool"),
        (entry(response={"status": 7}), r"response.status must be one of HTTP"),
        (entry(response={"status": 200, "headers": {"retry-after": 2}}), r"headers.retry-after must be a text"),
        (entry(error={"phase": "gone"}), r"error.phase must be one of opening, sending"),
    ],
)
def test_a_bad_cassette_is_refused_with_its_place(tmp_path: Path, tree: Any, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(tree))

    with pytest.raises(ReplayError, match=reason) as caught:
        read_cassette(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_what_is_no_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)

    with pytest.raises(ReplayError, match="is no JSON"):
        read_cassette(tmp_path / "a.json")


def test_a_file_that_is_not_there_is_to_be_recorded(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="record it first"):
        read_cassette(tmp_path / "a.json")


def test_a_body_of_too_many_values_in_one_another_is_refused_with_its_place(tmp_path: Path) -> None:
    body = '{"a":' * 65 + "1" + "}" * 65
    request = '{"method": "GET", "path": "/"}'
    (tmp_path / "a.json").write_text(
        f'{{"interactions": [{{"request": {request}, "response": {{"status": 200, "body": {body}}}}}]}}'
    )

    with pytest.raises(ReplayError, match=r"interactions\[0\]\.response\.body has more than 64"):
        read_cassette(tmp_path / "a.json")
