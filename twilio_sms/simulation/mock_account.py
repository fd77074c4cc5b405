"""The account of a mock: the messages it has, as Twilio tells them in JSON."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import count
from threading import Lock

from twilio_sms.clock import Clock
from twilio_sms.domain.segments import count_segments
from twilio_sms.domain.status import Status
from twilio_sms.forks import tell_of_forks
from twilio_sms.refusals import Json
from twilio_sms.simulation.sent_message import SentMessage

API_VERSION = "2010-04-01"


class MockAccount:
    """Messages by SID, in the order in which they came; each change makes a new tree. Threads may share it."""

    def __init__(self, account_sid: str, clock: Clock) -> None:
        self.account_sid = account_sid
        self._clock = clock
        self._numbers = count(1)
        self._trees: dict[str, Json] = {}
        self._sent: list[SentMessage] = []
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Go on from here; runs in a child process, which has a copy of its own."""
        self._lock = Lock()

    def create(self, sent: SentMessage, facts: Mapping[str, object]) -> Json:
        """Take a message, and return it as Twilio would; *facts* are what the test wants it to say."""
        tree = {**_outbound(sent), **self._frame("MM" if sent.media_urls else "SM"), **facts}
        tree = {**tree, **self._addresses(str(tree["sid"]))}
        with self._lock:
            self._trees[str(tree["sid"])] = tree
            self._sent.append(replace(sent, sid=str(tree["sid"])))
        return tree

    def receive(self, facts: Mapping[str, object], *, has_media: bool) -> Json:
        """Take a message that somebody sent to us, and return it as Twilio would."""
        inbound = {"direction": "inbound", "status": "received", "messaging_service_sid": None}
        tree = {**inbound, **self._frame("MM" if has_media else "SM"), **facts}
        tree = {**tree, **self._addresses(str(tree["sid"]))}
        with self._lock:
            self._trees[str(tree["sid"])] = tree
        return tree

    def change(self, sid: str, facts: Mapping[str, object]) -> Json:
        """Return the message with *facts* changed."""
        with self._lock:
            self._trees[sid] = {**self._trees[sid], **facts, "date_updated": self.date()}
            return self._trees[sid]

    def delete(self, sid: str) -> None:
        with self._lock:
            self._trees.pop(sid, None)

    def find(self, sid: str) -> Json | None:
        with self._lock:
            return self._trees.get(sid)

    def newest_first(self) -> list[Json]:
        with self._lock:
            return list(reversed(self._trees.values()))

    def sent(self) -> list[SentMessage]:
        """Return what was sent, in its order; what was deleted since, too."""
        with self._lock:
            return list(self._sent)

    def options_of(self, sid: str) -> SentMessage | None:
        """Return the message as it was sent, the last one if its SID was given twice."""
        return next((each for each in reversed(self.sent()) if each.sid == sid), None)

    def date_created(self, sid: str) -> datetime | None:
        """Return when a message was made, ``None`` if there is no such message."""
        tree = self.find(sid)
        return None if tree is None else parsedate_to_datetime(str(tree["date_created"]))

    def _frame(self, prefix: str) -> Json:
        """Return what every message has."""
        with self._lock:
            number = next(self._numbers)
        date = self.date()
        return {
            "sid": f"{prefix}{number:032x}",
            "date_created": date,
            "date_updated": date,
            "date_sent": None,
            "price": None,
            "price_unit": "USD",
            "error_code": None,
            "error_message": None,
            "api_version": API_VERSION,
        }

    def _addresses(self, sid: str) -> Json:
        path = f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{sid}"
        return {
            "account_sid": self.account_sid,
            "uri": f"{path}.json",
            "subresource_uris": {"media": f"{path}/Media.json"},
        }

    def date(self) -> str:
        """Return now, as Twilio writes it."""
        return format_datetime(self._clock.now())


def _outbound(sent: SentMessage) -> Json:
    """Return what follows from what was sent. Source of the first status: Twilio's Message resource."""
    is_scheduled = sent.option("SendAt") is not None
    smart = sent.option("SmartEncoded") == "true"
    usual = Status.ACCEPTED if sent.messaging_service_sid else Status.QUEUED
    return {
        "to": sent.to,
        "from": sent.from_,
        "body": sent.body or "",
        "direction": "outbound-api",
        "messaging_service_sid": sent.messaging_service_sid,
        "status": str(Status.SCHEDULED if is_scheduled else usual),
        "num_segments": "0" if is_scheduled else str(count_segments(sent.body or "", smart_encoding=smart).segments),
        "num_media": str(len(sent.media_urls)),
    }
