"""What a store of webhooks takes, and for how long it keeps it.

Seven days at least: Twilio comes again within seconds, but an operator who replays a day's webhooks, or an attacker who
replays one that was recorded (a signature does not expire), must find them known.
"""

from datetime import timedelta

from twilio_sms.domain.settings import MOST_SECONDS, is_number
from twilio_sms.errors import ValidationError

LEAST_DAYS = 7
PURGED_AT_ONCE = 20  # with each that comes, so that what is old goes faster than new comes, and nobody waits for it
# From a claim to its finish. SQLite keeps a webhook for so much longer, and has nothing to move at the end.
LONGEST_WORK = timedelta(days=1)
_MOST_DAYS = MOST_SECONDS // 86400
_MOST_KEY_CHARACTERS = 200


def kept_for(keep_days: object) -> timedelta:
    """Return how long to keep webhooks; raise `ValidationError` for less than seven days."""
    if not is_number(keep_days) or not LEAST_DAYS <= keep_days <= _MOST_DAYS:
        raise ValidationError(f"keep_days must be a number from {LEAST_DAYS} to {_MOST_DAYS}, is {keep_days!r}")
    return timedelta(days=keep_days)


def check_claim(key: object, lease_seconds: object) -> None:
    """Raise `ValidationError` for what is no key, or no time to work on a webhook."""
    if not isinstance(key, str) or not 0 < len(key) <= _MOST_KEY_CHARACTERS:
        raise ValidationError(f"the key of a webhook must be a text of 1 to {_MOST_KEY_CHARACTERS} characters")
    if not is_number(lease_seconds) or not 0 < lease_seconds <= MOST_SECONDS:
        raise ValidationError(
            f"lease_seconds must be a number of seconds above 0, at most {MOST_SECONDS:g}, is {lease_seconds!r}"
        )
