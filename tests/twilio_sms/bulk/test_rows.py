"""Rows become messages, or are refused with the name of their place."""

import json
import tracemalloc

import pytest

from tests.doubles import RECIPIENT, SENDER
from twilio_sms.bulk.rows import read_rows
from twilio_sms.errors import ValidationError

ROW = {"to": RECIPIENT, "from_": SENDER, "body": "hello"}


def test_mappings_become_messages():
    (row,) = read_rows([{**ROW, "media_url": ["https://a.example/1"], "smart_encoded": True}])

    assert (row.index, row.place) == (0, "row 0")
    assert row.to_draft().to_form() == (
        ("To", RECIPIENT),
        ("From", SENDER),
        ("Body", "hello"),
        ("MediaUrl", "https://a.example/1"),
        ("SmartEncoded", "true"),
    )


@pytest.mark.parametrize("suffix", [".csv", ".CSV", ".jsonl", ".ndjson"])
def test_the_end_of_a_name_says_how_a_file_is_read(tmp_path, suffix):
    path = tmp_path / f"people{suffix}"
    text = json.dumps(ROW) if "n" in suffix else f"to,from,body\n{RECIPIENT},{SENDER},hello\n"
    path.write_text(text, "utf-8")

    (row,) = read_rows(str(path))

    assert row.to_arguments() == ROW
    assert row.place.startswith(f"people{suffix} line ")


def test_another_file_is_refused(tmp_path):
    with pytest.raises(ValidationError, match=r"\.csv, \.jsonl, \.ndjson, not from people\.xlsx"):
        list(read_rows(tmp_path / "people.xlsx"))


def test_defaults_stand_in_for_what_a_row_lacks():
    rows = read_rows([{"to": RECIPIENT, "body": " "}, ROW], defaults={"from": "INFO", "body": "hi"})

    assert [row.to_arguments() for row in rows] == [{"to": RECIPIENT, "from_": "INFO", "body": "hi"}, ROW]


def test_a_template_is_filled_from_all_columns_of_its_row():
    rows = read_rows(
        [{"to": RECIPIENT, "name": "Zoë", "unused": 1}],
        defaults={"from_": SENDER, "shop": "Us"},
        body_template="Hi $name, it is $shop. $$5 for ${to}",
    )

    assert next(rows).to_arguments() == {
        "to": RECIPIENT,
        "from_": SENDER,
        "body": f"Hi Zoë, it is Us. $5 for {RECIPIENT}",
    }


def test_a_blank_value_of_the_template_stops_its_own_message_alone():
    rows = list(
        read_rows([{**ROW, "body": None, "name": ""}, {**ROW, "body": None, "name": "Z"}], body_template="$name")
    )

    with pytest.raises(ValidationError, match=r"^row 0: the template needs name"):
        rows[0].to_draft()
    assert rows[1].to_draft().body == "Z"


def test_a_bad_number_stops_its_own_message_alone_and_is_not_told():
    rows = list(read_rows([{**ROW, "to": "15551234567"}, ROW]))

    with pytest.raises(ValidationError, match=r"^row 0: to must be an E\.164 number") as caught:
        rows[0].to_draft()
    assert "15551234567" not in str(caught.value)
    assert rows[1].to_draft().to.e164 == RECIPIENT


@pytest.mark.parametrize(
    ("rows", "settings", "message"),
    [
        (
            [ROW, {**ROW, "bdy": "x"}],
            {},
            "row 1 has a column 'bdy' that is no argument of a message: did you mean body",
        ),
        ([{1: "x"}], {}, "row 0 must be a mapping of arguments by name, .*, is dict"),
        ([{**ROW, "nickname": "x"}], {}, "only a body template may use other columns"),
        ([{**ROW, "from": SENDER}], {}, "row 0 has both from and from_"),
        ([ROW], {"body_template": "$name"}, "row 0 has a body, and there is a body template"),
        (
            [{"to": RECIPIENT}],
            {"body_template": "$name $age"},
            "row 0 has no column name, age, which the body template needs: it has to",
        ),
        ([("to", RECIPIENT)], {}, r"row 0 must be a mapping of arguments .*, is tuple"),
        (["from"], {}, r"row 0 must be a mapping of arguments .*, is str"),
        ([{"from": SENDER, "body": "x"}], {}, "row 0 has no to, which every message needs: it has body, from_"),
        ([{"to": RECIPIENT, "body": "x"}], {}, "row 0 has no from_ or messaging_service_sid, which"),
        ([{"to": RECIPIENT, "from_": SENDER}], {}, "row 0 has no body or media_url or content_sid, which"),
        ([{"phone": RECIPIENT, "n": "A"}], {"body_template": "$n"}, "row 0 has no to, which .*: it has n, phone"),
    ],
    ids=[
        *("a typo", "a number for a name", "a column too many", "two senders", "two bodies", "a column too few"),
        *("a tuple", "a text", "no recipient", "no sender", "no content", "another word for the recipient"),
    ],
)
def test_what_is_wrong_with_the_columns_raises_while_they_are_read(rows, settings, message):
    reading = read_rows(rows, **settings)

    with pytest.raises(ValidationError, match=message):
        list(reading)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"body_template": "only $5"}, "a \\$ that begins no name at character 6"),
        ({"body_template": 5}, "a template must be a text, is int"),
        ({"defaults": {"bdy": "x"}}, "'bdy' is no argument of a bulk or a message: did you mean body"),
        ({"defaults": {"dryrun": True}, "body_template": "y"}, "'dryrun' is no argument .* did you mean dry_run"),
        ({"defaults": {"shop": "x"}, "body_template": "y"}, "'shop' is no argument .* must stand in the body template"),
        ({"defaults": {"body": "x"}, "body_template": "y"}, "the call has a body"),
    ],
    ids=["the template", "no template", "an argument", "a setting", "a column that nobody reads", "both"],
)
def test_what_is_wrong_with_the_settings_raises_at_once(settings, message):
    with pytest.raises(ValidationError, match=message):
        read_rows([], **settings)


@pytest.mark.parametrize("source", [None, 5, b"people.csv", ROW, "people", "people.xlsx"], ids=repr)
def test_what_holds_no_rows_is_refused_at_once(source):
    with pytest.raises(ValidationError, match=r"^rows "):
        read_rows(source)


@pytest.mark.parametrize("row", [None, 5, "to", [RECIPIENT]], ids=repr)
def test_a_row_that_is_no_mapping_is_refused_by_name(row):
    with pytest.raises(ValidationError, match=f"row 1 must be a mapping of .*, is {type(row).__name__}"):
        list(read_rows([ROW, row]))


def test_many_rows_take_no_more_memory_than_few():
    source = ({**ROW, "body": f"hello {number} {'x' * 500}"} for number in range(20_000))

    tracemalloc.start()
    count = sum(1 for _ in read_rows(source))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 200_000  # bytes; the rows together are over ten million


@pytest.mark.parametrize(
    "source", ["", " ", "people\0.csv", "people\ud800.csv"], ids=["empty", "blank", "null", "half"]
)
def test_what_is_no_path_is_refused_before_anything_is_read(source):
    with pytest.raises(ValidationError, match="path must be a text such as"):
        read_rows(source)
