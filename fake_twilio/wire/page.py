"""The page with which a proxy in front of the API answers when it has none from behind."""

from werkzeug.http import HTTP_STATUS_CODES

_PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"


def proxy_page(status: int) -> bytes:
    """Return a whole answer, head and body; it closes the connection and has none of Twilio's headers."""
    title = f"{status} {HTTP_STATUS_CODES.get(status, 'Error')}"
    body = _PAGE.format(title).encode()
    head = f"HTTP/1.1 {title}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body
