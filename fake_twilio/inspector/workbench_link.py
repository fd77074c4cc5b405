"""The way to the signature workbench with a webhook in its fields."""

from urllib.parse import urlencode

from fake_twilio.delivery.webhook import Delivery
from fake_twilio.domain.twilio.form import write_form
from fake_twilio.inspector.recognised import form_sent
from fake_twilio.wire.request_head import MAX_LINE_BYTES

PATH = "/signature"
MOST_CHARACTERS = MAX_LINE_BYTES - 100  # of a query: around it stand the method, the path and the version


def workbench_link(delivery: Delivery) -> str | None:
    """Return where the workbench has the request of *delivery* in its fields, ``None`` if no URL can hold it."""
    try:
        query = urlencode(_fields(delivery))
    except UnicodeEncodeError:  # half a pair of surrogates, which could not be sent either
        return None
    return f"{PATH}?{query}" if len(query) <= MOST_CHARACTERS else None


def _fields(delivery: Delivery) -> dict[str, str]:
    return {
        "method": delivery.method,
        "url": delivery.url,
        "parameters": write_form(form_sent(delivery)),
        "signature": delivery.signature,
    }
