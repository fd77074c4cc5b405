"""The trace that rides on the address of a status callback."""

from urllib.parse import quote

from twilio_sms.domain.send_options import MAX_URL_CHARACTERS

_NAME = "traceparent"  # as the header of W3C Trace Context: https://www.w3.org/TR/trace-context/#traceparent-header


def with_traceparent(url: str, traceparent: str | None) -> str:
    """Return *url* with the query parameter ``traceparent``, all else byte for byte as it was.

    The address stays as it is if there is no trace, if it has such a parameter already, or if it would become longer
    than Twilio takes (4,000 characters, 21609): a trace is worth no message.

    >>> with_traceparent("https://example.com/status?id=7#top", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b71-01")
    'https://example.com/status?id=7&traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b71-01#top'
    """
    address, sign, fragment = url.partition("#")
    path, _, query = address.partition("?")
    if not traceparent or any(pair.partition("=")[0] == _NAME for pair in query.split("&")):
        return url
    joint = "&" if query and not query.endswith("&") else ""
    traced = f"{path}?{query}{joint}{_NAME}={quote(traceparent, safe='')}{sign}{fragment}"
    return traced if len(traced) <= MAX_URL_CHARACTERS else url
