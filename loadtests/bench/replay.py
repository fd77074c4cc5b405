"""What a send takes that is answered from a cassette: all gates on, no limits, no network.

Prints ``name value goal PASS|FAIL`` and ends with status 0 either way. The argument is how many sends are measured.
"""

import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from figures import report

from twilio_sms import Client, Config, RateLimits, Replayer

ACCOUNT_SID, TOKEN = "AC" + "0a" * 16, "0b" * 16
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
SENDS = 3000
WARM_UP = 200


def write_cassette(path: Path, sends: int) -> None:
    """Write so many sends, each to a recipient of its own, as a recorder does."""
    path.write_text(json.dumps({"interactions": [_interaction(number) for number in range(sends)]}))


def _interaction(number: int) -> dict[str, object]:
    to, sid, date = f"+1555{number:07}", f"SM{number:032x}", "Fri, 01 May 2026 12:00:00 +0000"
    media = {"media": f"{PATH.removesuffix('.json')}/{sid}/Media.json"}
    message = {
        "body": "Text 1",
        "num_segments": "1",
        "direction": "outbound-api",
        "from": "+15552000106",
        "to": to,
        "date_updated": date,
        "price": None,
        "error_message": None,
        "uri": f"{PATH.removesuffix('.json')}/{sid}.json",
        "account_sid": ACCOUNT_SID,
        "num_media": "0",
        "date_created": date,
        "status": "queued",
        "sid": sid,
        "date_sent": None,
        "messaging_service_sid": None,
        "error_code": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "subresource_uris": media,
    }
    form = {"To": to, "From": "+15552000106", "Body": "Text 1"}
    return {
        "request": {"method": "POST", "path": PATH, "body": form},
        "response": {"status": 201, "body": message},
        "timestamp": "2026-05-01T12:00:00.000+00:00",
    }


def replayed_send_us(sends: int) -> float:
    """Return the median of microseconds that a send takes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sends.json")
        write_cassette(path, WARM_UP + sends)
        config = Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None))
        with Client(ACCOUNT_SID, TOKEN, config=config, transport=Replayer(path)) as client:
            taken = [_send(client, number) for number in range(WARM_UP + sends)]
    return median(taken[WARM_UP:]) / 1000


def _send(client: Client, number: int) -> int:
    began = time.perf_counter_ns()
    client.messages.send(to=f"+1415{number:07}", from_="+14155550100", body="Your parcel has arrived.")
    return time.perf_counter_ns() - began


def main() -> None:
    logging.getLogger("twilio_sms").setLevel(logging.ERROR)
    report("replayed_send_us", replayed_send_us(int(sys.argv[1]) if len(sys.argv) > 1 else SENDS), "<=150")


if __name__ == "__main__":
    main()
