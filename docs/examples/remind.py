"""Reminds people of their appointment: ``python remind.py people.csv``.

The file has the columns phone, name and time. Ends with 0 if everybody was told, 1 if somebody was not, or may not have
been, and 2 if nothing could be done. What went wrong stands on stderr, a line for each person, without a whole number.
"""

import csv
import logging
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from twilio_sms import AmbiguousSendError, Client, TwilioError, redact_phone

SENDER = "+14155550101"
COLUMNS = {"phone", "name", "time"}


def remind(client: Client, person: Mapping[str, str]) -> str | None:
    """Remind one person; return what went wrong, if something did."""
    body = f"Hi {person['name']}, see you tomorrow at {person['time']}."
    try:
        client.messages.send(to=person["phone"], from_=SENDER, body=body)
    except AmbiguousSendError as error:
        return f"in doubt: {error}"
    except TwilioError as error:
        return f"not sent: {error}"
    return None


def remind_all(client: Client, people: Path) -> int:
    """Remind everybody, tell of each who was not, and return how many those are."""
    missed = 0
    with people.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if not COLUMNS.issubset(rows.fieldnames or ()):
            raise ValueError(f"{people.name} needs the columns {', '.join(sorted(COLUMNS))}")
        for person in rows:
            if trouble := remind(client, person):
                print(f"{redact_phone(person['phone'])} {trouble}", file=sys.stderr)
                missed += 1
    return missed


def main(arguments: list[str] | None = None) -> int:
    parser = ArgumentParser(description="Reminds people of their appointment.")
    parser.add_argument("people", type=Path, help="a CSV file with the columns phone, name and time")
    given = parser.parse_args(arguments)
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())  # what it would say on stderr is said here
    try:
        with Client.from_env() as client:
            return 1 if remind_all(client, given.people) else 0
    except (OSError, ValueError, TwilioError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
