"""Runs a campaign with its journal, and says what it came to."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.report import BulkReport
from twilio_sms.bulk.states import State
from twilio_sms.client import Client
from twilio_sms.clock import SystemClock
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.kept import keep_campaign
from twilio_sms.commands.line_count import count_rows
from twilio_sms.commands.opening import open_client
from twilio_sms.commands.progress import watching
from twilio_sms.commands.standing import Standing
from twilio_sms.commands.stopping import Stop, stoppable
from twilio_sms.commands.terminal import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A campaign, its journal, where it is sent to if the environment does not say, and how it is told."""

    campaign: Campaign
    journal: Path
    base_url: str | None
    is_quiet: bool
    as_json: bool

    def send(self) -> Ending:
        """Send what is not sent yet; return how the command ends. Raises `TwilioError` if nothing can be sent."""
        try:
            with (
                stoppable() as stop,
                open_client(self.campaign, self.base_url, stop, None if self.is_quiet else tell) as client,
            ):
                self._keep_campaign(client)
                report = self._send_bulk(client, stop)
        except KeyboardInterrupt:
            return self._conclude("interrupted", Ending.INTERRUPTED)
        if report.error is not None:
            return self._conclude(report.stopped, Ending.STOPPED)
        return self._conclude(report.stopped or self._shortfall(report))

    def _keep_campaign(self, client: Client) -> None:
        with Journal.open(
            self.journal, account_sid=client.account_sid, base_url=client.base_url, clock=SystemClock()
        ) as journal:
            keep_campaign(journal, self.campaign)

    def _send_bulk(self, client: Client, stop: Stop) -> BulkReport:
        campaign = self.campaign
        about_rows = count_rows(Path(campaign.file))
        with watching(about_rows, campaign.price, is_quiet=self.is_quiet) as watcher:
            return client.messages.send_bulk(
                campaign.file,
                journal=self.journal,
                on_progress=stop.after(watcher.on_progress),
                on_result=watcher.on_result,
                **campaign.bulk_settings(),
                **campaign.message_settings(),
            )

    def _shortfall(self, report: BulkReport) -> str | None:
        """Say that rows of earlier runs are not in the file any more: nobody asked for them in this one."""
        known = sum(total.rows for total in Journal.read(self.journal).totals().values())
        missing = known - sum(report.counts.values())
        if not missing:
            return None
        return f"{self.campaign.name} has {missing} rows fewer than the journal: put them back, and resume"

    def _conclude(self, stopped: str | None, ending: Ending | None = None) -> Ending:
        """Show what the journal says after the run, and what a person may do about it."""
        if not self.journal.exists():  # interrupted before it was made
            return Ending.INTERRUPTED
        standing = Standing.of_journal(Journal.read(self.journal).totals(), self.campaign.price, stopped)
        standing.show(as_json=self.as_json)
        if not self.is_quiet:
            self._advise(standing)
        return standing.ending if ending is None else ending

    def _advise(self, standing: Standing) -> None:
        name = shlex.quote(str(self.journal))
        for state in (State.UNKNOWN, State.REJECTED):
            if standing.rows[state]:
                tell(f"which are {state.value}, and why: twilio-sms report {name} --rows {state.value.lower()}")
        if standing.left or standing.stopped is not None:
            where = "" if self.base_url is None else f" --base-url {shlex.quote(self.base_url)}"
            tell(f"to go on: twilio-sms resume {name}{where}")
