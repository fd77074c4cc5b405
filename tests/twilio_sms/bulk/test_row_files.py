"""A file of rows is read line by line, and refused by name and line."""

from datetime import UTC, datetime
from itertools import islice

import pytest

from twilio_sms.bulk.row_files import read_csv, read_json_lines
from twilio_sms.errors import ValidationError


@pytest.fixture
def people(tmp_path):
    return tmp_path / "people.csv"


@pytest.fixture
def lines(tmp_path):
    return tmp_path / "people.jsonl"


def values(rows) -> list[dict[str, object]]:
    return [dict(row.values) for row in rows]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "as Excel writes it"])
def test_a_csv_file_has_its_columns_in_its_head(people, mark):
    people.write_text(f"{mark}to, body\n+15551234567,hello\n+15551234568,\n", "utf-8")

    assert values(read_csv(people)) == [
        {"to": "+15551234567", "body": "hello"},
        {"to": "+15551234568", "body": None},
    ]


def test_a_short_row_has_blanks_at_its_end(people):
    people.write_text("to,body\n+15551234567\n", "utf-8")

    assert values(read_csv(people)) == [{"to": "+15551234567", "body": None}]


def test_a_cell_may_go_over_lines_and_empty_lines_are_no_rows(people):
    people.write_text('to,body\n\n+1,"a\nb"\n\n+2,c\n', "utf-8")

    assert [(row.place, row.values["body"]) for row in read_csv(people)] == [
        ("people.csv line 3", "a\nb"),
        ("people.csv line 6", "c"),
    ]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("validity_period", "300", 300),
        ("attempt", "2", 2),
        ("smart_encoded", "TRUE", True),
        ("provide_feedback", "false", False),
        ("force_delivery", "true", True),
        ("shorten_urls", "true", True),
        ("send_as_mms", "true", True),
        ("send_at", "2026-01-02T03:04:05+00:00", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("media_url", "https://a.example/1 https://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        ("persistent_action", "geo:1,2", ["geo:1,2"]),
        ("zip", "007", "007"),
        ("body", " indented", " indented"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_cell_is_read_as_its_argument_needs_it(people, column, cell, value):
    people.write_text(f'{column}\n"{cell}"\n', "utf-8")

    assert values(read_csv(people)) == [{column: value}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "people.csv is empty"),
        ("to,to\n", "people.csv line 1 has two columns to"),
        ("to,\n", "people.csv line 1 has a column without a name"),
        ("to,body\n+1,a\n+1,b,c\n", "people.csv line 3 has 3 cells for 2 columns"),
        ('to,body\n+1,a\n+1,"b" c\n', "people.csv line 3 is no CSV"),
        ("to,attempt\n+1,secret\n", "people.csv line 2: attempt must be a whole number$"),
        ("to,send_at\n+1,secret\n", "people.csv line 2: send_at must be a moment like 2026-01-02T03:04:05"),
        ("to,smart_encoded\n+1,yes\n", "people.csv line 2: smart_encoded must be true or false$"),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_wrong_with_a_csv_file_is_told_with_its_line(people, text, message):
    people.write_text(text, "utf-8")

    with pytest.raises(ValidationError, match=message):
        list(read_csv(people))


def test_a_json_lines_file_has_an_object_on_each_line(lines):
    lines.write_text(
        '{"to": "+1", "media_url": ["https://a.example"]}\n\n{"send_at": "2026-01-02T00:00:00Z"}\n', "utf-8"
    )

    rows = list(read_json_lines(lines))

    assert [row.place for row in rows] == ["people.jsonl line 1", "people.jsonl line 3"]
    assert rows[0].values == {"to": "+1", "media_url": ["https://a.example"]}
    assert rows[1].values == {"send_at": datetime(2026, 1, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"to": "+1"}\n{"to":\n', "people.jsonl line 2 is no JSON: Expecting value"),
        ("[1]\n", "people.jsonl line 1 is no JSON object"),
        ("[" * 100_000, "people.jsonl line 1 is no JSON"),
        ('{"send_at": "soon"}', "people.jsonl line 1: send_at must be a moment"),
    ],
    ids=["cut", "no object", "deep", "no moment"],
)
def test_what_is_wrong_with_a_json_lines_file_is_told_with_its_line(lines, text, message):
    lines.write_text(text, "utf-8")

    with pytest.raises(ValidationError, match=message):
        list(read_json_lines(lines))


@pytest.mark.parametrize("read", [read_csv, read_json_lines])
def test_a_file_that_cannot_be_read_is_named(people, read):
    with pytest.raises(ValidationError, match=r"people\.csv cannot be read: No such file"):
        next(read(people))
    people.write_bytes(b"to,body\n+1,gr\xfc\xdfe\n")
    with pytest.raises(ValidationError, match=r"people\.csv is no UTF-8 text"):
        list(read(people))


def test_only_what_is_asked_for_is_read(people):
    people.write_text("to\n" + "+1\n" * 100_000 + "+1,too many\n", "utf-8")

    rows = list(islice(read_csv(people), 3))

    assert [row.place for row in rows] == [f"people.csv line {number}" for number in (2, 3, 4)]
