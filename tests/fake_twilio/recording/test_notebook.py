"""Tests of what is remembered of messages."""

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.recording.notebook import Notebook
from fake_twilio.recording.traffic import Refused
from tests.doubles import RECIPIENT
from tests.fake_twilio.recording.answers import moments, sight


def test_a_status_is_noted_when_it_is_first_seen() -> None:
    notebook = Notebook()
    notebook.note_sight(sight(Status.QUEUED), 100.0, is_new=True)
    for at in (100.5, 101.0):
        notebook.note_sight(sight(Status.SENT), at, is_new=False)

    (seen,) = notebook.notes().messages
    assert seen.moments == moments((Status.QUEUED, 0.0), (Status.SENT, 0.5))


def test_dates_count_where_nobody_looked_for_a_while_or_saw_the_beginning() -> None:
    notebook = Notebook()
    notebook.note_sight(sight(Status.QUEUED, dated_seconds=0.0), 100.0, is_new=True)
    notebook.note_sight(sight(Status.DELIVERED, dated_seconds=7.0), 200.0, is_new=False)
    notebook.note_sight(sight(Status.SENT, sid="SM1", dated_seconds=3.0), 200.0, is_new=False)

    first, second = notebook.notes().messages
    assert first.moments[-1].seconds == 7.0
    assert second.moments[-1].seconds == 3.0


def test_refusals_and_latencies_are_kept() -> None:
    notebook, refused = Notebook(), Refused(recipient=RECIPIENT, sender=None, code=21211)
    notebook.note_refusal(refused)
    notebook.note_latency(0.2)

    notes = notebook.notes()
    assert (notes.refusals, notes.latencies) == ((refused,), (0.2,))


def test_a_long_recording_takes_no_more_room_than_a_notebook_has() -> None:
    notebook = Notebook(most=2)
    for number in range(5):
        notebook.note_sight(sight(Status.QUEUED, sid=f"SM{number}"), 1.0, is_new=True)
        notebook.note_refusal(Refused(recipient=RECIPIENT, sender=None, code=21210 + number))
        notebook.note_latency(number)
    notebook.note_sight(sight(Status.SENT, sid="SM0"), 2.0, is_new=False)

    notes = notebook.notes()
    assert [len(seen.moments) for seen in notes.messages] == [2, 1]
    assert ([refused.code for refused in notes.refusals], notes.latencies) == ([21213, 21214], (3, 4))


def test_no_number_is_shown() -> None:
    notebook = Notebook()
    notebook.note_sight(sight(Status.QUEUED), 1.0, is_new=True)

    assert RECIPIENT not in repr(notebook.notes())
