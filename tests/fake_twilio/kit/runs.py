"""What a run may have shown, for the tests of the report."""

from typing import Any

from fake_twilio.delivery.webhook import Answer, Delivery, Webhook
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.kit.evidence import Evidence
from fake_twilio.records.request_log import SeenRequest, recipient_digest
from tests.fake_twilio.doubles import ACCOUNT_SID, RECIPIENT, START, make_webhook


def evidence(**shown: Any) -> Evidence:
    nothing: dict[str, Any] = {"messages": (), "callbacks": (), "alerts": (), "opt_outs": ()}
    return Evidence(run="seed=1", url="http://127.0.0.1:9", start=START, **{**nothing, **shown})


def asked(at: float, *, to: str = RECIPIENT, status: int = 201, real: float | None = None, **more: Any) -> SeenRequest:
    """Return a request *at* so many seconds of the run, and of real time unless *real* says otherwise."""
    began = at if real is None else real
    return SeenRequest(
        began=START + at,
        ended=START + at,
        real_began=began,
        real_ended=began + 0.001,
        account_sid=ACCOUNT_SID,
        recipient=recipient_digest(to),
        status=status,
        **{"method": "POST", "resource": "Messages", **more},
    )


def delivered(
    status: int | None = 204, *, seconds: float = 0.1, failure: Failure | None = None, webhook: Webhook | None = None
) -> Delivery:
    answer = Answer(status=status, seconds=seconds, failure=failure, location="/on" if status == 302 else None)
    return Delivery(webhook=webhook or make_webhook(), answer=answer)
