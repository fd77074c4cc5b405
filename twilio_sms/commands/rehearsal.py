"""A dry run: every row is read and checked, and nothing is sent or written."""

import os
from collections.abc import Mapping
from pathlib import Path

from twilio_sms.bulk.report import BulkReport, RowResult
from twilio_sms.bulk.states import State
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.line_count import count_rows
from twilio_sms.commands.opening import open_client
from twilio_sms.commands.progress import watching
from twilio_sms.commands.standing import Standing
from twilio_sms.commands.stopping import Stop, stoppable
from twilio_sms.commands.terminal import tell

# Who sends nothing needs no account: a list can be checked where there are no secrets, in CI or on somebody's desk.
_NOBODY = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "0" * 32}
MOST_TOLD = 20  # problems; who has more has one cause for most of them


def rehearse(campaign: Campaign, base_url: str | None, *, is_quiet: bool, as_json: bool) -> Ending:
    """Say what would be sent and what is wrong with the other rows; return how the command ends.

    Raises `TwilioError` for settings and sources that cannot work.
    """
    problems = RowProblems()
    try:
        with stoppable() as stop:
            report = _dry_run(campaign, base_url, problems, stop, is_quiet=is_quiet)
    except KeyboardInterrupt:
        return Ending.INTERRUPTED
    problems.tell()
    Standing.of_rehearsal(report).show(as_json=as_json)
    if not is_quiet:
        tell("dry run: nothing was sent, the PENDING rows would be")
    return Ending.OPEN if report.counts[State.REJECTED] else Ending.COMPLETE


def _dry_run(
    campaign: Campaign, base_url: str | None, problems: "RowProblems", stop: Stop, *, is_quiet: bool
) -> BulkReport:
    about_rows = count_rows(Path(campaign.file))
    with (
        open_client(campaign, base_url, stop, environ={**_NOBODY, **_given(os.environ)}) as client,
        watching(about_rows, campaign.price, is_quiet=is_quiet) as watcher,
    ):

        def note(result: RowResult) -> None:
            watcher.on_result(result)
            problems.note(result)

        return client.messages.send_bulk(
            campaign.file,
            dry_run=True,
            on_progress=stop.after(watcher.on_progress),
            on_result=note,
            **{**campaign.bulk_settings(), "on_unknown": "keep"},  # nothing will be in doubt
            **campaign.message_settings(),
        )


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that say something: an empty one counts as absent."""
    return {name: value for name, value in environ.items() if value.strip()}


class RowProblems:
    """The first problems that rows have, and how many there are."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._count = 0

    def note(self, result: RowResult) -> None:
        """Take a result, and remember what is wrong if something is."""
        if result.state is State.REJECTED:
            self._count += 1
            if self._count <= MOST_TOLD:
                self._told.append(str(result.error))

    def tell(self) -> None:
        """Print them to stderr."""
        for problem in self._told:
            tell(problem)
        if self._count > MOST_TOLD:
            tell(f"and {self._count - MOST_TOLD} more")
