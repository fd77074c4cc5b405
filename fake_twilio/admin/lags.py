"""How late status callbacks are: for who follows a run while it goes on."""

from collections.abc import Iterable

from flask import Response, request

from fake_twilio.admin import answers
from fake_twilio.admin.control import Control
from fake_twilio.admin.door import Problem, answer
from fake_twilio.delivery.lag import lag_seconds
from fake_twilio.delivery.webhook import Delivery, Kind

MOST_DIGITS = 15


class LagsApi:
    """The view; a question costs what came since the last one, not what there is."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def lags(self) -> Response:
        """Answer how long after its status each callback was taken, of those that ended ``after`` a mark."""
        after = _mark()
        mark, ended = self._control.callbacks_since(after)
        told = [delivery for delivery in ended if delivery.webhook.kind is Kind.STATUS]
        lags: answers.Lags = {
            "mark": mark,
            "lags_seconds": self._lags(told),
            "refused": sum(not delivery.is_taken for delivery in told),
            "missed": max(0, mark - after) - len(ended),
        }
        return answer(lags)

    def _lags(self, told: Iterable[Delivery]) -> list[float]:
        """Return the lags of what was taken; of a message that is not there any more nobody knows them."""
        found = ((delivery, self._changed_at(delivery)) for delivery in told if delivery.is_taken)
        return [
            round(lag_seconds(delivery, changed_at, delivery.ended_at), 6)
            for delivery, changed_at in found
            if changed_at is not None and delivery.ended_at is not None
        ]

    def _changed_at(self, delivery: Delivery) -> float | None:
        message = self._control.find(delivery.webhook.message_sid)
        changes = message.timeline if message is not None else ()
        return next((change.at for change in changes if change.status is delivery.webhook.status), None)


def _mark() -> int:
    text = request.args.get("after", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Problem(400, "after: wanted the mark of the last answer, or 0")
    return int(text)
