"""``twilio-sms report``: what a journal says, also while it is written."""

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path

import click

from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import Row
from twilio_sms.bulk.journal_view import JournalView
from twilio_sms.bulk.states import State
from twilio_sms.commands.campaign import read_price
from twilio_sms.commands.endings import failures_end
from twilio_sms.commands.kept import JOURNAL, find_campaign
from twilio_sms.commands.row_list import to_json, to_lines, write_csv
from twilio_sms.commands.standing import Standing
from twilio_sms.commands.terminal import show, tell

MOST_DOUBTFUL = 20  # are listed unasked
_STATES = click.Choice([state.value.lower() for state in State], case_sensitive=False)


@click.command(short_help="Say what became of the rows of a bulk.")
@click.argument("journal", type=JOURNAL)
@click.option("--rows", "states", type=_STATES, multiple=True, help="List the rows in this state; may come many times.")
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write these rows, or all, to a new CSV file.")
@click.option("--price-per-segment", metavar="AMOUNT", help="What a segment costs, if the journal does not say.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one JSON object.")
def report(
    journal: Path, states: tuple[str, ...], csv_path: Path | None, price_per_segment: str | None, as_json: bool
) -> None:
    """Say what became of the rows of JOURNAL: how many are in which state, and which are in doubt.

    It knows the rows that were read so far; another process may be sending them. Numbers are masked.
    """
    with failures_end():
        view = Journal.read(journal)
        standing = Standing.of_journal(view.totals(), _price(view, price_per_segment))
        wanted = frozenset(State(state.upper()) for state in states)
        if csv_path is not None:
            tell(f"{write_csv(_rows(view, wanted or frozenset(State)), csv_path)} rows written to {csv_path}")
        if as_json:
            show(json.dumps({**standing.to_json(), "rows": [to_json(row) for row in _listed(view, wanted)]}))
        else:
            _show(view, standing, wanted)
    sys.exit(standing.ending)


def _price(journal: JournalView, given: str | None) -> Decimal | None:
    if given is not None:
        return read_price(given)
    campaign = find_campaign(journal)
    return None if campaign is None else campaign.price


def _show(journal: JournalView, standing: Standing, wanted: frozenset[State]) -> None:
    standing.show(as_json=False)
    if wanted:
        _show_rows(_rows(journal, wanted))
        return
    doubtful = list(islice(journal.doubtful(), MOST_DOUBTFUL + 1))
    if doubtful:
        show("")
        show("in doubt:")
        _show_rows(iter(doubtful[:MOST_DOUBTFUL]))
    if len(doubtful) > MOST_DOUBTFUL:
        tell("and more: --rows unknown lists all that may have been sent")


def _show_rows(rows: Iterator[Row]) -> None:
    for line in to_lines(rows):
        show(line)


def _listed(journal: JournalView, wanted: frozenset[State]) -> Iterator[Row]:
    """Return the rows that were asked for, else those in doubt."""
    return _rows(journal, wanted) if wanted else journal.doubtful()


def _rows(journal: JournalView, wanted: frozenset[State]) -> Iterator[Row]:
    return (row for row in journal.rows() if row.state in wanted)
