"""A proxy's page."""

import pytest

from fake_twilio.wire.page import proxy_page


@pytest.mark.parametrize(("status", "title"), [(503, b"503 Service Unavailable"), (520, b"520 Error")])
def test_it_is_a_whole_answer_that_says_its_status(status: int, title: bytes) -> None:
    head, _, body = proxy_page(status).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 " + title + b"\r\nContent-Type: text/html\r\n")
    assert b"Content-Length: %d\r\n" % len(body) in head
    assert b"<title>" + title + b"</title>" in body
