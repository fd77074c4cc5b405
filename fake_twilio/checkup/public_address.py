"""Addresses that an app behind a proxy may take for its own: another scheme, another port, or none."""

from urllib.parse import urlsplit

from fake_twilio.domain.webhooks.signature import signed_url


def other_forms(url: str) -> tuple[str, ...]:
    """Return the other forms of *url* that a signature could be checked against, the likeliest first."""
    address = signed_url(url)
    parts = urlsplit(address)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    rest = address.partition("//")[2].removeprefix(parts.netloc)
    schemes = ("https", "http") if parts.scheme == "http" else ("http", "https")
    forms = [
        f"{scheme}://{host}{port}{rest}"
        for scheme in schemes
        for port in dict.fromkeys((f":{parts.port}" if parts.port else "", "", ":443" if scheme == "https" else ":80"))
    ]
    return tuple(form for form in dict.fromkeys(forms) if form != address)
