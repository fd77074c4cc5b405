"""What importing the two packages takes, over what their dependencies take alone.

Each import has a process of its own, as an installed package is: its modules compiled once, by a round that does not
count. What is compared is measured in turns; the median of the differences counts. Prints ``name value goal PASS|FAIL``
and ends with status 0 either way. ``python loadtests/bench/imports.py [rounds]``
"""

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

from figures import report

ROUNDS = 9
MAKE_CLIENT = 'import twilio_sms; twilio_sms.Client("AC" + "0" * 32, "0" * 32)'
_COMPILED = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def milliseconds_over(base: str, statement: str, rounds: int) -> float:
    """Return what *statement* takes over *base*, which both do."""
    _milliseconds(statement)
    pairs = [(_milliseconds(f"{base}; {statement}"), _milliseconds(base)) for _ in range(rounds)]
    return median(both - alone for both, alone in pairs)


def _milliseconds(statement: str) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env=_COMPILED)
    return (perf_counter() - began) * 1000


def main(rounds: int = ROUNDS) -> None:
    face = milliseconds_over("import requests", "import twilio_sms", rounds)
    report("import_ms_over_requests", face, "<=40")
    # The face loads nothing by itself; what a program waits for is the client, and then to have one.
    client = milliseconds_over("import requests", "import twilio_sms; twilio_sms.Client", rounds)
    report("import_client_ms_over_requests", client, "<=40")
    report("make_client_ms_over_requests", milliseconds_over("import requests", MAKE_CLIENT, rounds))
    report("import_fake_twilio_ms_over_python", milliseconds_over("pass", "import fake_twilio", rounds))
    server = milliseconds_over("import flask", "import fake_twilio; fake_twilio.FakeTwilio", rounds)
    report("import_fake_twilio_server_ms_over_flask", server)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
