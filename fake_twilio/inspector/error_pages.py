"""What Twilio calls an error, and where it tells of it."""

from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE
from fake_twilio.inspector.happening import Link

_PAGE = "https://www.twilio.com/docs/api/errors/{code}"


def error_title(code: int | None) -> str:
    """Return an error with its title, as ``30007 Message filtered``; nothing without one."""
    if code is None:
        return ""
    title = CATALOGUE[code].title if code in CATALOGUE else ALERTS.get(code)
    return f"{code} {title or 'an error that is not in the catalogue'}"


def error_links(code: int | None) -> tuple[Link, ...]:
    """Return the link to Twilio's page about an error; none without one."""
    return () if code is None else (Link("Twilio's page about it", _PAGE.format(code=code)),)
