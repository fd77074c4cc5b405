"""A page of messages as CSV; pure.

Inferred: the columns are the keys of a message in CamelCase. The address of the next page is not told; its token is
``PA`` and the last SID. Text that looks like a formula stays as it is.
"""

import csv
from io import StringIO
from typing import Any

from fake_twilio.api.render import parameter_of

CSV_TYPE = "text/csv; charset=utf-8"
KEYS = (
    *("body", "num_segments", "direction", "from", "date_updated", "price", "error_message", "uri", "account_sid"),
    *("num_media", "to", "date_created", "status", "sid", "date_sent", "messaging_service_sid", "error_code"),
    *("price_unit", "api_version"),
)


def render_csv(page: dict[str, Any]) -> str:
    """Return the messages of *page* below a row of names; a null is an empty cell."""
    written = StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(map(parameter_of, KEYS))
    rows.writerows([message[key] for key in KEYS] for message in page["messages"])
    return written.getvalue()
