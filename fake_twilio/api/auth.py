"""Who asks: the user and password of HTTP Basic."""

from base64 import b64decode

REALM = 'Basic realm="Twilio API"'


def read_basic(authorization: str | None) -> tuple[str, str]:
    """Return user and password, both empty if there is no readable Basic header."""
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError:  # no base64, no ASCII, no UTF-8
        return "", ""
    return user, password
