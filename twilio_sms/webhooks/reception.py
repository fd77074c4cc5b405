"""What becomes of a webhook: each line one thing that may stop it.

A webhook is verified first, and what fails there learns nothing but a status: 403, or 415 for another content type. One
that was worked on before gets the answer it got, and has no second effect (`once`). Of an inbound message the opt-out
is on disk before anything else happens; then each handler that it is for is told, and what they say is the answer. If
the opt-out list or the store cannot be used, the answer is 503, so that Twilio comes again or goes to the fallback URL.
Twilio need not come again, so an opt-out is recorded even if nobody can say whether the webhook was there before: it is
the same event however often it is recorded.
"""

import logging
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Literal, TypeVar

from twilio_sms.compliance.keywords import Intent
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.domain.inbound_text import InboundText
from twilio_sms.domain.opt_out import MaySend
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import TwilioError, ValidationError
from twilio_sms.observability.meter import Meter
from twilio_sms.webhooks.answers import to_verbs
from twilio_sms.webhooks.dispatch import Dispatch
from twilio_sms.webhooks.inbound import read_inbound
from twilio_sms.webhooks.once import Once, StillUnderWay
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.replies import allowed_verbs, verbs_for_others
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import XML, WebhookResponse
from twilio_sms.webhooks.status import read_status_update
from twilio_sms.webhooks.tracker import StatusTracker
from twilio_sms.webhooks.twiml import to_document
from twilio_sms.webhooks.verifier import Refused, Verifier

OnError = Literal["continue", "fail"]
T = TypeVar("T")


class _HandlerFailed(Exception):  # noqa: N818 - it names what happened
    """A handler raised, and the answer is to say so."""


class Reception:
    """Works on the webhooks of one account."""

    def __init__(
        self,
        verifier: Verifier,
        *,
        account_sid: str | None,
        opt_outs: OptOuts,
        once: Once,
        tracker: StatusTracker,
        meter: Meter,
        logger: logging.Logger,
        on_error: OnError,
    ) -> None:
        self._verifier = verifier
        self._account_sid = account_sid
        self._opt_outs = opt_outs
        self._once = once
        self._tracker = tracker
        self._meter = meter
        self._logger = logger
        self._on_error = on_error
        self.inbound: Dispatch[InboundMessage, list[ET.Element]] = Dispatch(logger, to_verbs)
        self.statuses: Dispatch[StatusUpdate, None] = Dispatch(logger, lambda _returned: None)

    def take_message(self, request: WebhookRequest) -> WebhookResponse:
        """Work on the webhook of an inbound message; return TwiML, or a refusal."""
        return self._guarded("inbound", request, self._take_message)

    def take_status(self, request: WebhookRequest) -> WebhookResponse:
        """Work on a status callback; return an empty 200, or a refusal."""
        return self._guarded("status", request, self._take_status)

    def verify(self, request: WebhookRequest) -> Parameters | WebhookResponse:
        """Return the parameters of a webhook of any kind, or a refusal."""
        return self._guarded("of another kind", request, self._verifier.verify)

    def _guarded(self, kind: str, request: WebhookRequest, take: Callable[[WebhookRequest], T]) -> T | WebhookResponse:
        if not isinstance(request, WebhookRequest):  # most often the framework's own
            raise ValidationError(
                "a handler takes a WebhookRequest: make one with WebhookRequest.from_wsgi(environ) or "
                f"WebhookRequest.of(method, url, headers, body, peer), got {type(request).__name__}"
            )
        try:
            return take(request)
        except Refused as refused:
            self._logger.warning("webhook %s refused with %d: %s", kind, refused.status, refused.reason)
            return WebhookResponse(refused.status)
        except (TwilioError, StillUnderWay) as trouble:
            self._logger.log(logging.ERROR, "webhook %s not worked on: %s %s", kind, type(trouble).__name__, trouble)
            return WebhookResponse(503)
        except _HandlerFailed:
            return WebhookResponse(500)

    def _take_message(self, request: WebhookRequest) -> WebhookResponse:
        parameters = self._verifier.verify(request)
        message = _shaped(lambda: read_inbound(parameters, self._account_sid))
        return WebhookResponse(200, self._answer_to(message), XML)

    def _answer_to(self, message: InboundMessage) -> str:
        try:
            return self._once.run(f"inbound:{message.sid}", lambda: self._work_on_message(message))
        except _HandlerFailed:  # after it was recorded
            raise
        except Exception:  # whatever the store raised
            self._opt_outs.receive(_text(message))
            raise

    def _work_on_message(self, message: InboundMessage) -> str:
        outcome = self._opt_outs.receive(_text(message))
        told = self.inbound.tell(message)
        self._check(told.failures)
        choose = verbs_for_others if outcome.intent is Intent.OPT_OUT else allowed_verbs
        document = self._document(choose(told.answers, message, self._may_send))
        self._meter.received()  # last, so that a message that comes again after a failure is counted once
        return document

    def _take_status(self, request: WebhookRequest) -> WebhookResponse:
        parameters = self._verifier.verify(request)
        update = _shaped(lambda: read_status_update(parameters, self._account_sid))
        self._once.run(f"status:{update.key}", lambda: self._work_on_status(update))
        return WebhookResponse(200)

    def _work_on_status(self, update: StatusUpdate) -> str:
        self._tracker.take(update)
        self._check(self.statuses.tell(update).failures)
        return ""

    def _check(self, failures: int) -> None:
        if failures and self._on_error == "fail":
            raise _HandlerFailed

    def _may_send(self, recipient: str, sender: str, service: str | None) -> bool:
        try:
            return self._opt_outs.may_send(recipient, sender, service) is MaySend.ALLOWED
        except ValidationError:  # an address of another channel, which nobody opts out by text
            return True

    def _document(self, verbs: list[ET.Element]) -> str:
        try:
            return to_document(verbs)
        except ValidationError as error:
            self._logger.log(logging.ERROR, "webhook inbound: nothing is answered: %s", error)
            self._check(1)
            return to_document([])


def _shaped(read: Callable[[], T]) -> T:
    """Return what *read* returns; what has not its shape is refused like what is not signed."""
    try:
        return read()
    except ValidationError as error:
        raise Refused(403, error.message) from error


def _text(message: InboundMessage) -> InboundText:
    return InboundText(
        sid=message.sid,
        from_=message.from_,
        to=message.to,
        body=message.body,
        service=message.messaging_service_sid,
        is_signed=True,
        opt_out_type=message.opt_out_type,
    )
