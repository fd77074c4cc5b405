"""How far a bulk is, is shown on a terminal, told in a log, or kept quiet."""

from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

from twilio_sms.bulk.report import Progress, RowResult
from twilio_sms.bulk.states import State
from twilio_sms.commands.progress import LINE_SECONDS, Lines, Nobody, Wording, watching

RESULT = RowResult(index=0, state=State.ACCEPTED)


def progress(seconds: float = 10.0, segments: int = 0, **counts: int) -> Progress:
    return Progress(counts={state: counts.get(state.name, 0) for state in State}, segments=segments, seconds=seconds)


def test_the_wording_has_counts_pace_segments_and_cost() -> None:
    wording = Wording(Decimal("0.01"))
    for _ in range(25):
        wording.note(RESULT)

    line = wording.line(progress(segments=30, ACCEPTED=20, REJECTED=2, UNKNOWN=1, SKIPPED=3, INFLIGHT=4, PENDING=9))

    assert line == ("20 accepted, 2 rejected, 1 in doubt, 3 opted out, 4 on the way, 2.5/s, 30 segments, cost 0.30")


def test_what_earlier_runs_sent_is_no_pace_of_this_one() -> None:
    assert "0.0/s" in Wording(None).line(progress(ACCEPTED=1000))


def test_before_any_time_has_passed_there_is_no_pace() -> None:
    assert Wording(None).line(progress(seconds=0.0)) == "0 segments"


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(100, Wording(None))

    for tenth in range(int(LINE_SECONDS * 25)):
        lines.on_progress(progress(seconds=tenth / 10, ACCEPTED=tenth, REJECTED=1))

    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert told[0].startswith("51 of about 100 rows: 50 accepted, 1 rejected, ")


def test_who_does_not_know_how_many_there_are_does_not_say(capsys: pytest.CaptureFixture[str]) -> None:
    Lines(None, Wording(None)).on_progress(progress(ACCEPTED=3))

    assert capsys.readouterr().err.startswith("3 rows: ")


@pytest.mark.parametrize(
    ("is_quiet", "is_terminal", "name"),
    [(False, True, "Bar"), (False, False, "Lines"), (True, True, "Nobody"), (True, False, "Nobody")],
)
def test_who_watches_depends_on_where_it_is_shown(is_quiet: bool, is_terminal: bool, name: str) -> None:
    console = Console(file=StringIO(), force_terminal=is_terminal)

    with watching(1, None, is_quiet=is_quiet, console=console) as watcher:
        assert type(watcher).__name__ == name


@pytest.mark.parametrize(("about", "shown"), [(4, "3/4 "), (None, "3 "), (2, "3/5 ")], ids=["known", "not", "too few"])
def test_the_bar_shows_what_ended_of_how_many(about: int | None, shown: str) -> None:
    file = StringIO()
    with watching(about, None, is_quiet=False, console=Console(file=file, force_terminal=True, width=150)) as bar:
        bar.on_result(RESULT)
        bar.on_progress(progress(ACCEPTED=3) if about != 2 else progress(ACCEPTED=3, PENDING=2))

    assert f"{shown}3 accepted, 0.1/s, 0 segments" in file.getvalue()


def test_who_is_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Nobody().on_progress(progress())
    Nobody().on_result(RESULT)

    assert capsys.readouterr() == ("", "")
