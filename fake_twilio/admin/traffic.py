"""What goes through the fake: messages, those that come in, webhooks, opt-outs and alerts."""

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from flask import Response, request

from fake_twilio.admin import answers
from fake_twilio.admin.bodies import OptOutBody, ReceiveBody, ReplayBody
from fake_twilio.admin.control import Control
from fake_twilio.admin.door import Problem, answer, read_body
from fake_twilio.admin.show import show_alert, show_delivery, show_message, show_opt_out, show_webhook
from fake_twilio.domain.messages.lifted import lift
from fake_twilio.domain.messages.message import Message

DEFAULT_LIMIT, MAX_LIMIT = 50, 1000
T = TypeVar("T")


class TrafficApi:
    """The views; the newest stands first, as in Twilio's lists."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def messages(self) -> Response:
        """Answer the messages that match ``to``, ``from``, ``status`` and ``body`` (a part of it)."""
        wanted = [message for message in self._control.messages if _is_wanted(message)]
        shown = [show_message(message) for message in _newest(wanted)]
        page: answers.Messages = {"total": len(wanted), "messages": shown}
        return answer(page)

    def message(self, sid: str) -> Response:
        """Answer one message, with the webhooks that told of it."""
        message = self._get(sid)
        told = [show_delivery(d) for d in self._control.callbacks if d.webhook.message_sid == sid]
        shown: answers.MessageWithWebhooks = {**show_message(message), "webhooks": told}
        return answer(shown)

    def codes(self, sid: str) -> Response:
        """Answer the one-time codes and the links in the text of a message."""
        found = lift(self._get(sid).body)
        shown: answers.Codes = {"codes": list(found.codes), "links": list(found.links)}
        return answer(shown)

    def _get(self, sid: str) -> Message:
        message = self._control.find(sid)
        if message is None:
            raise Problem(404, "no such message")
        return message

    def webhooks(self) -> Response:
        """Answer what was delivered, and what waits or is under way."""
        ended = self._control.callbacks
        page: answers.Webhooks = {
            "total": len(ended),
            "webhooks": [show_delivery(delivery) for delivery in _newest(ended)],
            "pending": [show_webhook(webhook) for webhook in _newest(self._control.pending)],
        }
        return answer(page)

    def replay(self, token: str) -> Response:
        """Bring a webhook once more: as it was, wrongly signed, several times, or later."""
        body = read_body(ReplayBody)
        try:
            webhook = self._control.replay(token, signature=body.signature, times=body.times, after=body.after)
        except LookupError:
            raise Problem(404, "no such webhook") from None
        except ValueError as error:
            raise Problem(400, str(error)) from None
        return answer(show_webhook(webhook), 202)

    def receive(self) -> Response:
        """Have somebody send a message to a number of the fake."""
        body = read_body(ReceiveBody)
        try:
            message = self._control.receive(body.sender, body.recipient, body.body, body.media_urls)
        except ValueError as error:
            raise Problem(400, str(error)) from None
        received: answers.Received = {"message": None if message is None else show_message(message)}
        return answer(received, 201)

    def alerts(self) -> Response:
        """Answer what Twilio's debugger would show of the customer's answers."""
        noted = self._control.alerts
        page: answers.Alerts = {"total": len(noted), "alerts": [show_alert(alert) for alert in _newest(noted)]}
        return answer(page)

    def opt_outs(self) -> Response:
        """Answer who opted out of hearing from whom."""
        return self._opt_outs()

    def set_opt_out(self) -> Response:
        """Have a recipient of the main account opt out, or in again."""
        body = read_body(OptOutBody)
        change = self._control.opt_out if body.is_out else self._control.opt_in
        try:
            change(body.recipient, body.sender)
        except ValueError as error:
            raise Problem(400, str(error)) from None
        return self._opt_outs()

    def _opt_outs(self) -> Response:
        page: answers.OptOuts = {"opt_outs": [show_opt_out(opt_out) for opt_out in self._control.opt_outs]}
        return answer(page)


def _is_wanted(message: Message) -> bool:
    asked = request.args
    return (
        asked.get("to") in (None, message.to)
        and asked.get("from") in (None, message.sender)
        and asked.get("status") in (None, message.status)
        and asked.get("body", "") in message.body
    )


def _newest(things: Sequence[T]) -> list[T]:
    """Return the newest ones, as many as ``limit`` says."""
    text = request.args.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MAX_LIMIT):
        raise Problem(400, f"limit: wanted a number from 1 to {MAX_LIMIT}")
    return list(islice(reversed(things), int(text)))
