"""How far this machine's clock is ahead of Twilio's, by the dates of its answers.

An answer is dated after its request left, and to the second. So this clock at the request, less that date and a second,
is never more than the lead: a slow answer does not count as one.
"""

from datetime import datetime, timedelta

from twilio_sms.domain.dates import read_date

_SECOND = timedelta(seconds=1)  # what the date leaves out


class ClockLead:
    """The most that the clock was surely ahead while this process looked; any number of threads may share it."""

    def __init__(self) -> None:
        self.most = timedelta(0)

    def note(self, date: str | None, asked_at: datetime) -> None:
        """Take the ``Date`` of an answer to a request that left at *asked_at*; what is none tells nothing."""
        answered = read_date(date) if date else None
        if answered is not None:
            self.most = max(self.most, asked_at - answered - _SECOND)  # of two threads at once one may go unheard
