"""A client to test an application with: the real one, and a script in the place of Twilio.

Nothing of the client is replaced but the world around it. So all its gates run: arguments are checked, opt-outs and
limits hold, what may be repeated is repeated, and a failure is the error that it would be in production. Time stands
still unless somebody waits, and then it jumps.
"""

from datetime import datetime
from types import TracebackType
from typing import Self, Unpack

from twilio_sms.client import Client
from twilio_sms.config import Config
from twilio_sms.credentials.basic import FixedCredentials
from twilio_sms.domain.draft import MAX_BODY_CHARACTERS
from twilio_sms.domain.inbound_message import InboundMessage, Media
from twilio_sms.domain.message import Message
from twilio_sms.domain.phone import PhoneNumber, Sender
from twilio_sms.domain.send_options import check_url
from twilio_sms.domain.settings import is_whole
from twilio_sms.domain.status import Status
from twilio_sms.errors import TwilioError, ValidationError
from twilio_sms.resilience.retrier import RetryDetails
from twilio_sms.simulation.expectations import Wanted
from twilio_sms.simulation.manual_clock import ManualClock
from twilio_sms.simulation.mock_account import MockAccount
from twilio_sms.simulation.mock_facts import MessageFacts, check_status, facts_of
from twilio_sms.simulation.mock_gates import MockCredentials, MockGates, MockOptOuts
from twilio_sms.simulation.mock_transport import CallState, MockTransport
from twilio_sms.simulation.mock_webhooks import (
    Delivery,
    WebhookReceiver,
    inbound_facts,
    inbound_form,
    signed_request,
    status_form,
)
from twilio_sms.simulation.script import Script
from twilio_sms.simulation.sent_message import SentMessage
from twilio_sms.simulation.simulated import simulated

ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "0" * 32
_NO_ADDRESS = "https://simulation.invalid"  # RFC 2606: nobody can be there
INBOUND_URL = "https://example.com/sms"
STATUS_URL = "https://example.com/status"
POOL_NUMBER = "+15005550006"  # what a messaging service sends from
_WITH_ERROR = frozenset({Status.FAILED, Status.UNDELIVERED})


class MockClient(Client):
    """A client that sends nothing, for tests of an application.

    What is expected, and what becomes of it, is written with `expect_send`, `with_response` and `simulate_failure`,
    each of which returns the mock; `verify`, or the end of a ``with`` block without an error, says whether it came.
    With *in_order* messages must come in the order of the expectations. A message that nobody expects raises
    `UnexpectedSendError`; with ``strict=False`` it is answered.

    *config* is that of a client. The clock begins at *start*, by default now, and jumps ahead when anybody waits
    (`clock.advance`). Differences are told with whole numbers and texts: use it in tests only.
    """

    auth_token = AUTH_TOKEN
    """What webhooks of the mock are signed with."""

    def __init__(
        self,
        *,
        in_order: bool = False,
        strict: bool = True,
        config: Config | None = None,
        start: datetime | None = None,
    ) -> None:
        self.clock = ManualClock(start)
        self._calls = CallState()
        self._script = Script(in_order=in_order, is_strict=strict)
        self._account = MockAccount(ACCOUNT_SID, self.clock)
        self._inbound: list[InboundMessage] = []
        self._receiver: WebhookReceiver | None = None
        real = FixedCredentials.choose(ACCOUNT_SID, AUTH_TOKEN, None, None)
        super().__init__(
            ACCOUNT_SID,
            credentials=MockCredentials(real, self._calls),
            base_url=_NO_ADDRESS,
            config=config,
            opt_outs=MockOptOuts(self.clock, self._script, self._calls, self._account),
            shared=MockGates(self._calls),
            transport=MockTransport(self._script, self._account, self._calls),
            clock=self.clock,
            random=lambda: 0.0,
            on_retry=self._note_retry,
        )

    def expect_send(
        self,
        to: str,
        *,
        from_: str | None = None,
        body: str | None = None,
        body_contains: str | None = None,
        times: int = 1,
    ) -> Self:
        """Expect a message to *to* (E.164), so many *times*; *from_* is a sender or the SID of a messaging service.

        What is left out does not matter. Raises `ValidationError` for what no message can be.
        """
        for name, text in (("from_", from_), ("body", body), ("body_contains", body_contains)):
            if text is not None and not (isinstance(text, str) and text):
                raise ValidationError(f"{name} must be a text that is not empty")
        self._script.expect(Wanted(PhoneNumber.parse(to).e164, from_, body, body_contains, _times(times)))
        return self

    def with_response(self, to: str, message: Message | None = None, **facts: Unpack[MessageFacts]) -> Self:
        """Answer messages to *to* with *message*, or with what *facts* say besides the usual (``status="failed"``).

        It is about the last expectation if that one is to *to*, else about every message to *to*, and then those are
        expected too. Raises `ValidationError` for a message to another number, and for facts that there are none.
        """
        self._script.answer(PhoneNumber.parse(to).e164, facts_of(to, message, facts))
        return self

    def simulate_failure(
        self,
        kind: type[TwilioError],
        *,
        to: str | None = None,
        times: int = 1,
        code: int | None = None,
        status: int | None = None,
        retry_after_seconds: int | None = None,
        was_sent: bool = True,
    ) -> Self:
        """Let a send end with *kind*, such as ``RateLimitedError``, and every attempt at it fail like that.

        It is about the last expectation; if there is none, or *to* is another number, about the next message, to *to*
        or to anybody. It happens *times* times. *code* and *status* are another code of Twilio's, another HTTP status
        for the same class; *was_sent* says whether a message in doubt is found by `messages.reconcile`. An opt-out
        stays, as it does in production. Raises `ValidationError`, with a hint, for what no send ends with.
        """
        failure = simulated(kind, code=code, status=status, retry_after_seconds=retry_after_seconds, was_sent=was_sent)
        self._script.fail(failure, None if to is None else PhoneNumber.parse(to).e164, _times(times))
        return self

    def verify(self) -> None:
        """Raise `UnmetExpectationError` unless all came that was expected, and nothing else."""
        self._script.verify()

    @property
    def sent_messages(self) -> list[SentMessage]:
        """What Twilio would have taken, in its order; what was refused is not among it."""
        return self._account.sent()

    @property
    def inbound_messages(self) -> list[InboundMessage]:
        """What `receive` brought, in its order."""
        return list(self._inbound)

    def attach(self, handler: WebhookReceiver) -> Self:
        """Hand webhooks to *handler*, such as a `WebhookHandler` that knows `auth_token`."""
        if not all(hasattr(handler, name) for name in ("handle_inbound", "handle_status_callback")):
            raise ValidationError(f"a handler has handle_inbound and handle_status_callback, {type(handler)} has not")
        self._receiver = handler
        return self

    def receive(
        self, from_: str, to: str, body: str, *, media: tuple[Media, ...] = (), url: str = INBOUND_URL
    ) -> Delivery:
        """Let somebody send us a message: return the signed webhook to *url*, and what the handler answered."""
        check_url(url)
        if not isinstance(body, str) or len(body) > MAX_BODY_CHARACTERS:
            raise ValidationError(f"body must be a text of at most {MAX_BODY_CHARACTERS} characters")
        sender, number = PhoneNumber.parse(from_).e164, Sender.parse(to).text
        tree = self._account.receive(inbound_facts(sender, number, body, media), has_media=bool(media))
        message = InboundMessage(
            sid=str(tree["sid"]),
            account_sid=ACCOUNT_SID,
            from_=sender,
            to=number,
            body=body,
            num_segments=int(tree["num_segments"]),
            media=media,
        )
        self._inbound.append(message)
        request = signed_request(url, inbound_form(message), AUTH_TOKEN)
        return Delivery(request, None if self._receiver is None else self._receiver.handle_inbound(request))

    def report(self, sid: str, status: str, *, error_code: int | None = None) -> Delivery:
        """Move a message to *status*, and return the signed status callback with what the handler answered.

        It goes to the message's own ``status_callback``, or to one of the mock's. Raises `ValidationError` for a
        message that was not sent, a status that there is not, and an *error_code* with one that is no failure.
        """
        tree = self._account.find(sid)
        if tree is None:
            raise ValidationError("report wants the SID of a message that was sent, such as sent_messages[0].sid")
        word = check_status(status)
        if error_code is not None and (not is_whole(error_code) or word not in _WITH_ERROR):
            raise ValidationError("error_code is a number, and comes with failed and undelivered alone")
        facts = {"status": str(word), "error_code": error_code, "from": tree["from"] or POOL_NUMBER}
        if word in (Status.SENT, Status.DELIVERED, Status.UNDELIVERED):
            facts["date_sent"] = tree["date_sent"] or self._account.date()
        moved = self._account.change(sid, facts)
        sent = self._account.options_of(sid)
        request = signed_request((sent and sent.option("StatusCallback")) or STATUS_URL, status_form(moved), AUTH_TOKEN)
        return Delivery(request, None if self._receiver is None else self._receiver.handle_status_callback(request))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if kind is None:
            self.verify()

    def __repr__(self) -> str:
        return f"MockClient({len(self.sent_messages)} sent)"

    def _note_retry(self, _details: RetryDetails) -> None:
        self._calls.is_repeated = True


def _times(times: object) -> int:
    if not is_whole(times) or times < 1:
        raise ValidationError(f"times must be a whole number from 1 on, is {times!r}")
    return times
