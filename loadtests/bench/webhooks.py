"""What a webhook's signature costs: ``python loadtests/bench/webhooks.py [CALLS]``.

One thread, 2,000 calls a run by default, best of several runs, taken in turns. Ours checks a form of 20 parameters as
it came, from its bytes; the official validator checks the same parameters, parsed for it beforehand, in the form that
it is quickest with. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import sys
from collections.abc import Callable
from timeit import timeit
from urllib.parse import parse_qsl, urlencode

from figures import report
from inbound_form import inbound_form
from twilio.request_validator import RequestValidator as OfficialValidator
from werkzeug.datastructures import ImmutableMultiDict

from twilio_sms.webhooks.signature import RequestValidator

CALLS = 2_000
RUNS = 7
TOKEN = "0b" * 16
URL = "https://sms.example.com/inbound"
FORM = urlencode(inbound_form("SM" + "0c" * 16, "It's working, see you at 5!")).encode()


def best_us_of(calls: int, *judges: Callable[[], object]) -> list[float]:
    """Return the best time of a call of each of *judges*."""
    runs = [[timeit(judge, number=calls) for judge in judges] for _ in range(RUNS)]
    return [min(times) / calls * 1e6 for times in zip(*runs, strict=True)]


def main(calls: int) -> bool:
    ours, official = RequestValidator(TOKEN), OfficialValidator(TOKEN)
    pairs = parse_qsl(FORM.decode(), keep_blank_values=True)
    plain, multi = dict(pairs), ImmutableMultiDict(pairs)
    signature = official.compute_signature(URL, plain)
    judges = (
        lambda: ours.validate_form(URL, FORM, signature),
        lambda: official.validate(URL, plain, signature),
        lambda: official.validate(URL, multi, signature),
    )
    if not all(judge() for judge in judges):
        raise SystemExit("a validator refuses what is signed")
    of_ours, *of_official = best_us_of(calls, *judges)
    report("validate_raw_form_us", of_ours)
    report("official_validate_us", min(of_official))
    return report("validate_of_official", of_ours / min(of_official), "<=0.70")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS)
