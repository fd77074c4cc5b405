"""Events as CSV: read as they were written, safe in a spreadsheet, and refused as a whole if a row is bad."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER
from tests.opt_outs import SERVICE, at, opted_in, opted_out
from twilio_sms.compliance.opt_out_files import Import, read_csv, write_csv
from twilio_sms.domain.opt_out import State
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import ValidationError

NOW = at(100)
FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the last four are of full width
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: t == t.strip())
SCOPES = st.sampled_from([BRAND, Scope.of_sender(SENDER), Scope.of_service(SERVICE), Scope.of_sender("+-=@")])
EVENTS = st.builds(
    lambda make, second, **changes: make(second, received_time=NOW, **changes),
    st.sampled_from([opted_out, opted_in]),
    st.floats(0, 99),
    scope=SCOPES,
    conversation=st.none() | SCOPES,
    evidence=TEXTS,
    actor=TEXTS,
    note=TEXTS,
)


def refuse_future(moment):
    if moment > NOW:
        raise ValidationError("lies ahead")
    return moment


def read(*lines, actor=None):
    return read_csv(lines, Import(NOW, actor, refuse_future))


def written(*events):
    file = io.StringIO(newline="")
    write_csv(events, file)
    return file.getvalue()


@given(events=st.lists(EVENTS, max_size=4))
def test_events_are_read_as_they_were_written(events):
    text = written(*events)

    assert read_csv(io.StringIO(text, newline=""), Import(NOW, None, refuse_future)) == tuple(events)


def test_a_byte_order_mark_is_no_part_of_the_first_column():
    (event,) = read("\ufeffnumber\r\n", f"{RECIPIENT}\r\n")

    assert event.number == RECIPIENT


def test_bytes_are_refused():
    with pytest.raises(ValidationError, match="not a CSV file"):
        read(b"number\n", RECIPIENT.encode())


@given(note=st.text(st.characters(exclude_categories=["Cs"])), first=st.sampled_from(FORMULA))
def test_no_cell_is_a_formula(note, first):
    rows = list(csv.reader(io.StringIO(written(opted_out(note=first + note, actor=first)), newline="")))

    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []


def test_a_list_of_numbers_is_a_list_of_opt_outs_now():
    (event,) = read("number", "+1 (555) 123-4567", actor="Ann")

    assert event == opted_out(source="import", event_time=NOW, received_time=NOW, actor="Ann")
    assert event.number == RECIPIENT


def test_columns_come_in_any_order_and_cells_may_be_padded():
    (event,) = read("state,event_time,number,scope", f" opted-in , {at(3).isoformat()} , {RECIPIENT} ,sender:72727")

    assert (event.state, event.event_time, event.scope) == (State.OPTED_IN, at(3), Scope.of_sender("72727"))


def test_a_source_and_an_actor_of_the_file_are_kept():
    (event,) = read("number,source,actor", f"{RECIPIENT},web-form,Bob", actor="Ann")

    assert (event.source, event.actor) == ("web-form", "Bob")


def test_every_bad_line_is_told_by_its_number():
    with pytest.raises(ValidationError) as caught:
        read(
            "number,state,event_time,scope",
            f"{RECIPIENT},,,",
            "5551234567,,,",
            f"{RECIPIENT},maybe,,",
            f"{RECIPIENT},opted-in,,",
            f"{RECIPIENT},,noon,",
            f"{RECIPIENT},,2025-12-31T12:00:00,",
            f"{RECIPIENT},,2030-01-01T00:00:00Z,",
            f"{RECIPIENT},,,everything",
            f"{RECIPIENT},,,,too many",
        )

    told = str(caught.value)
    assert told.startswith("nothing was imported; line 3: must be an E.164 number")
    assert [f"line {line}: " in told for line in range(2, 11)] == [False, *[True] * 8]
    assert "1234567" not in told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(["phone", RECIPIENT], "'phone' unknown", id="another name"),
        pytest.param(["state", "opted-out"], "no number", id="no number"),
        pytest.param([], "no number", id="nothing"),
    ],
)
def test_the_columns_must_be_known(lines, told):
    with pytest.raises(ValidationError, match=told):
        read(*lines)


def test_what_is_no_csv_is_refused():
    with pytest.raises(ValidationError, match="not a CSV file from line"):
        read("number", '"+15551234567" x', RECIPIENT)


def test_a_row_with_too_few_cells_has_empty_ones():
    (event,) = read("number,note,actor", RECIPIENT)

    assert (event.note, event.actor) == (None, None)


def test_writing_tells_how_many():
    assert write_csv([opted_out(0), opted_in(1)], io.StringIO()) == 2
