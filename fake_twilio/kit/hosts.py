"""Which hosts are Twilio's."""

DOMAIN = "twilio.com"


def is_twilio(host: str) -> bool:
    """Whether *host* is ``twilio.com`` or lies below it."""
    name = host.rstrip(".").lower()
    return name == DOMAIN or name.endswith(f".{DOMAIN}")
