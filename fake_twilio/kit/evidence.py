"""What a run has shown at one moment: its messages and all that happened to them."""

from dataclasses import dataclass

from fake_twilio.accounts.opt_out_book import OptOut
from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Message
from fake_twilio.kit.timeline import MessageTimeline, timeline_of
from fake_twilio.records.incidents import Incident
from fake_twilio.records.request_log import SeenRequest

MAX_TIMELINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A copy that no reset changes; *run* is what brings it back, *start* its first moment in seconds since 1970."""

    run: str
    url: str
    start: float
    messages: tuple[Message, ...]
    callbacks: tuple[Delivery, ...]
    alerts: tuple[Alert, ...]
    opt_outs: tuple[OptOut, ...]
    incidents: tuple[Incident, ...] = ()
    requests: tuple[SeenRequest, ...] = ()

    @property
    def outbound(self) -> tuple[Message, ...]:
        """The messages that the account sent, replies included."""
        return tuple(message for message in self.messages if message.direction != "inbound")

    def timeline(self, sid: str) -> MessageTimeline:
        """Return what happened to a message; raise `LookupError` if there is none."""
        message = next((message for message in self.messages if message.sid == sid), None)
        if message is None:
            raise no_message(sid)
        return timeline_of(message, self.callbacks, self.alerts, self.opt_outs)

    def moment(self, at: float) -> str:
        """Write a moment in seconds since the beginning of the run."""
        return f"{at - self.start:+.3f} s"

    def report(self) -> str:
        """Return what brings the run back, and the timelines of the latest messages."""
        latest = self.messages[-MAX_TIMELINES:]
        left_out = len(self.messages) - len(latest)
        head = [self.run, *([f"{left_out} earlier messages are not shown"] if left_out else [])]
        return "\n".join([*head, *(str(self.timeline(message.sid)) for message in latest)])


def no_message(sid: str) -> LookupError:
    """Return the error that says that there is no message with this SID."""
    return LookupError(f"no message {sid}: wanted the SID of one that this test made; a deleted one is gone")
