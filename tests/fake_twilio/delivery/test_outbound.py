"""Tests of the one place that opens connections; test_outbound_targets.py has many more addresses."""

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from threading import Event, Thread
from typing import BinaryIO
from urllib.parse import parse_qsl

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fake_twilio.delivery.exchange import MAX_ANSWER_BYTES
from fake_twilio.delivery.outbound import MAX_REASON_CHARACTERS, Outbound, resolve_addresses
from fake_twilio.delivery.webhook import Answer
from fake_twilio.domain.webhooks.retries import Failure
from tests.fake_twilio import customers
from tests.fake_twilio.doubles import PATIENCE_SECONDS, Resolver, Stopwatch, make_webhook

MakeOutbound = Callable[..., Outbound]


@pytest.fixture
def outbound() -> Iterator[MakeOutbound]:
    """Return a maker of outbounds that are closed in the end; without addresses they resolve for real."""
    made: list[Outbound] = []

    def make(*addresses: str, step: float = 0.0, book: Resolver | None = None) -> Outbound:
        resolve = book or (Resolver(addresses) if addresses else None)
        made.append(Outbound(connections=2, monotonic=Stopwatch(step), resolve=resolve))
        return made[-1]

    yield make
    for each in made:
        each.close()


def endpoint(httpserver: HTTPServer, host: str = "127.0.0.1", path: str = "/status") -> str:
    return f"http://{host}:{httpserver.port}{path}"


def test_a_webhook_is_posted_as_it_is(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("thanks", status=202)
    webhook = make_webhook(url=endpoint(httpserver))

    answer = outbound().post(webhook)

    assert (answer.status, answer.body, answer.is_cut, answer.error) == (202, b"thanks", False, None)
    ((request, _),) = httpserver.log
    assert (request.method, tuple(parse_qsl(request.data.decode()))) == ("POST", webhook.form)
    assert {name: request.headers[name] for name in webhook.headers()} == webhook.headers()


def test_of_the_addresses_of_a_host_the_first_that_answers_is_called(
    httpserver: HTTPServer, outbound: MakeOutbound
) -> None:
    httpserver.expect_request("/status").respond_with_data(status=204)
    webhook = make_webhook(url=endpoint(httpserver, "my-app.example"))

    answers = [outbound(*addresses).post(webhook) for addresses in (("::1", "127.0.0.1"), ("127.0.0.1", "::1"))]

    assert [answer.status for answer in answers] == [204, 204]


def test_a_host_none_of_whose_addresses_answers_is_not_reached(outbound: MakeOutbound) -> None:
    answer = outbound("::1", "127.0.0.1").post(make_webhook(url="http://my-app.example:9/"))

    assert (answer.status, answer.failure) == (None, Failure.CONNECT)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "my-app.example"])
def test_the_host_header_is_the_one_of_the_configured_url(
    httpserver: HTTPServer, outbound: MakeOutbound, host: str
) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    answer = outbound("127.0.0.1").post(make_webhook(url=endpoint(httpserver, host)))

    assert answer.status == 200
    assert httpserver.log[0][0].headers["Host"] == f"{host}:{httpserver.port}"


@pytest.mark.parametrize("status", [200, 204, 301, 302, 400, 404, 429, 500, 503])
def test_the_status_of_the_answer_is_recorded(httpserver: HTTPServer, outbound: MakeOutbound, status: int) -> None:
    httpserver.expect_request("/status").respond_with_data("", status=status, headers={"Location": "/elsewhere"})

    answer = outbound().post(make_webhook(url=endpoint(httpserver)))

    assert (answer.status, answer.error, len(httpserver.log)) == (status, None, 1)


TARGETS = ["/a%2fb", "/a%2Fb", "/a?", "/a?x=it's+ok&y=%c3%a9", "/a//b", "/a/../b", "/a;b=c?d=e@f", "/?x=http://u:p@h/"]
TARGETS += ["/a%20b", "/%zz", "/[x]"]


@pytest.mark.parametrize("target", TARGETS)
def test_the_address_is_requested_character_for_character(
    httpserver: HTTPServer, outbound: MakeOutbound, target: str
) -> None:
    seen: list[str] = []

    def remember(request: Request) -> Response:
        seen.append(request.environ["REQUEST_URI"])
        return Response("")

    httpserver.expect_request(re.compile(".*", re.DOTALL)).respond_with_handler(remember)
    outbound().post(make_webhook(url=endpoint(httpserver, path=target)))

    assert seen == [target]


NO_PATHS = [("", "/"), ("?x=1", "/?x=1"), ("#rc=2", "/"), ("/s#rc=2&rp=all", "/s"), ("/s?x=1#f?y", "/s?x=1")]


@pytest.mark.parametrize(("rest", "target"), NO_PATHS, ids=[repr(rest) for rest, _ in NO_PATHS])
def test_a_path_is_always_requested_and_a_fragment_never(
    httpserver: HTTPServer, outbound: MakeOutbound, rest: str, target: str
) -> None:
    seen: list[str] = []

    def remember(request: Request) -> Response:
        seen.append(request.environ["REQUEST_URI"])
        return Response("")

    httpserver.expect_request(re.compile(".*", re.DOTALL)).respond_with_handler(remember)
    outbound().post(make_webhook(url=endpoint(httpserver, path=rest)))

    assert seen == [target]


def test_user_and_password_are_not_sent_unasked(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    outbound().post(make_webhook(url=endpoint(httpserver, "me:secret@127.0.0.1")))

    request = httpserver.log[0][0]
    assert (request.headers.get("Authorization"), request.headers["Host"]) == (None, f"127.0.0.1:{httpserver.port}")


STRANGERS = ["8.8.8.8", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "128.0.0.1", "126.255.255.255"]
STRANGERS += ["::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "2001:db8::1", "fe80::1", "::2", "::127.0.0.1", "::1%lo"]
STRANGERS += ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", ""]


@pytest.mark.parametrize("address", STRANGERS, ids=repr)
def test_a_foreign_address_is_refused_and_never_connected(
    httpserver: HTTPServer, outbound: MakeOutbound, address: str
) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    answer = outbound(address).post(make_webhook(url=endpoint(httpserver, "app.example")))

    assert answer.error is not None
    assert answer == Answer(error=answer.error, failure=Failure.REFUSED)
    assert answer.error.startswith(f"callbacks may not go to app.example: {address} is ")
    assert httpserver.log == []


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1", "8.8.8.8"), ("8.8.8.8", "127.0.0.1"), ("127.0.0.1", "::1", "::ffff:127.0.0.1")],
    ids=["last", "first", "mapped"],
)
def test_one_foreign_address_among_several_is_enough(
    httpserver: HTTPServer, outbound: MakeOutbound, addresses: tuple[str, ...]
) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    answer = outbound(*addresses).post(make_webhook(url=endpoint(httpserver, "app.example")))

    assert (answer.status, httpserver.log) == (None, [])
    assert answer.error is not None
    assert answer.error.startswith("callbacks may not go to app.example: ")


def test_a_host_without_any_address_is_refused(outbound: MakeOutbound) -> None:
    answer = outbound(book=Resolver([])).post(make_webhook(url="http://app.example/"))

    assert answer.error == "callbacks may not go to app.example: it has no address"


REAL_HOSTS = ["0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "0", "134744072", "0x08080808", "8.8.8.8", "[2001:db8::1]"]


@pytest.mark.parametrize("host", REAL_HOSTS)
def test_a_foreign_host_written_as_a_number_is_refused(
    httpserver: HTTPServer, outbound: MakeOutbound, host: str
) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    answer = outbound().post(make_webhook(url=endpoint(httpserver, host)))

    assert (answer.status, httpserver.log) == (None, [])
    assert answer.error is not None


def test_loopback_written_as_a_decimal_number_is_this_machine(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    assert outbound().post(make_webhook(url=endpoint(httpserver, "2130706433"))).status == 200


def test_the_checked_address_is_the_one_that_is_connected(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("")
    book = Resolver(["127.0.0.1"])

    answer = outbound(book=book).post(make_webhook(url=endpoint(httpserver, "no-such-host.invalid")))

    assert (answer.status, book.asked) == (200, [("no-such-host.invalid", httpserver.port)])


@pytest.mark.parametrize(("scheme", "port"), [("http", 80), ("https", 443)])
def test_a_url_without_a_port_means_the_one_of_its_scheme(outbound: MakeOutbound, scheme: str, port: int) -> None:
    book = Resolver(["8.8.8.8"])

    outbound(book=book).post(make_webhook(url=f"{scheme}://app.example/"))

    assert book.asked == [("app.example", port)]


def test_the_name_of_the_host_is_what_tls_asks_for(outbound: MakeOutbound) -> None:
    greeting: Future[bytes] = Future()

    def listen(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            greeting.set_result(connection.recv(4096))

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        Thread(target=listen, args=(listener,), daemon=True).start()
        answer = outbound("127.0.0.1").post(make_webhook(url=f"https://app.example:{listener.getsockname()[1]}/"))

    assert b"app.example" in greeting.result(PATIENCE_SECONDS)
    assert answer.error


def test_a_refusing_port_is_an_error(outbound: MakeOutbound) -> None:
    with closing(socket.socket()) as bound:  # bound and not listening: nobody else can take the port
        bound.bind(("127.0.0.1", 0))
        answer = outbound().post(make_webhook(url=f"http://127.0.0.1:{bound.getsockname()[1]}/"))

    assert answer.status is None
    assert answer.error is not None
    assert answer.error.startswith("ConnectionRefusedError: ")


def test_plain_http_behind_https_is_an_error(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    answer = outbound().post(make_webhook(url=endpoint(httpserver).replace("http:", "https:")))

    assert answer.status is None
    assert "SSL" in (answer.error or "")


@pytest.mark.parametrize(
    "url",
    ["http://[::1/", "http://127.0.0.1:99999/", "http:///", f"http://{'a' * 64}.example/", "http://no-host.invalid/"],
)
def test_a_url_that_cannot_be_called_is_an_error(outbound: MakeOutbound, url: str) -> None:
    answer = outbound().post(make_webhook(url=url))

    assert answer.status is None
    assert answer.error


def test_of_a_large_answer_as_much_is_read_as_twilio_reads_and_one_byte_more(
    httpserver: HTTPServer, outbound: MakeOutbound
) -> None:
    httpserver.expect_request("/status").respond_with_data(b"x" * (MAX_ANSWER_BYTES * 3))
    poster = outbound()

    answers = [poster.post(make_webhook(url=endpoint(httpserver))) for _ in range(2)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"x" * MAX_ANSWER_BYTES)] * 2
    assert all(answer.is_cut for answer in answers)


def test_an_answer_without_an_end_is_not_read_to_it(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    sent: list[int] = []

    def forever() -> Iterator[bytes]:
        while len(sent) < 100_000:
            sent.append(1)
            yield b"x" * 1024

    httpserver.expect_request("/status").respond_with_handler(lambda _request: Response(forever()))

    answer = outbound().post(make_webhook(url=endpoint(httpserver)))

    assert (answer.status, len(answer.body)) == (200, MAX_ANSWER_BYTES)
    assert len(sent) < 100_000


def test_an_answer_that_takes_too_long_is_an_error(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("late")

    answer = outbound(step=20.0).post(make_webhook(url=endpoint(httpserver)))

    assert (answer.status, answer.error) == (None, "TimeoutError: it came too slowly")
    assert answer.seconds > 15


def test_the_seconds_of_an_exchange_are_measured(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("")

    assert outbound(step=1.0).post(make_webhook(url=endpoint(httpserver))).seconds >= 1


def answering(*answers: bytes) -> tuple[socket.socket, Future[int]]:
    """Return a listener, and the number of connections that it took to give *answers*, one for each request."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(PATIENCE_SECONDS)
    counted: Future[int] = Future()

    def serve() -> None:
        left, connections = list(answers), 0
        while left:
            connection, connections = listener.accept()[0], connections + 1
            with connection, connection.makefile("rb") as stream:
                connection.settimeout(PATIENCE_SECONDS)
                while left and _skip_request(stream):
                    connection.sendall(left.pop(0))
        counted.set_result(connections)

    Thread(target=serve, daemon=True).start()
    return listener, counted


def _skip_request(stream: BinaryIO) -> bool:
    """Read one request; return whether there was one."""
    length = 0
    while line := stream.readline().strip():
        length = int(line.split()[1]) if line.lower().startswith(b"content-length:") else length
    return bool(stream.read(length))


WHOLE = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"


def test_a_connection_is_kept_for_the_next_webhook(outbound: MakeOutbound) -> None:
    listener, connections = answering(WHOLE, WHOLE, WHOLE)
    poster = outbound()

    with closing(listener):
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert [poster.post(make_webhook(url=url)).status for _ in range(3)] == [200, 200, 200]

        assert connections.result(PATIENCE_SECONDS) == 1


def test_what_a_customer_writes_in_place_of_an_answer_drives_no_terminal_and_is_kept_short(
    outbound: MakeOutbound,
) -> None:
    nonsense = b"\x1b]0;pwned\x07 +15551239999 " + b"x" * 60_000 + b"\r\n\r\n"
    with customers.customer(customers.answer(nonsense)) as server:
        answer = outbound().post(make_webhook(url=server.url()))

    assert answer.error is not None
    assert answer.error.startswith("BadStatusLine: ?]0;pwned? +1555***9999 xxx")
    assert len(answer.error) == MAX_REASON_CHARACTERS


def test_a_connection_that_was_closed_while_it_was_kept_is_no_failure(outbound: MakeOutbound) -> None:
    poster = outbound()
    with customers.customer(customers.answer(WHOLE)) as server:
        webhook = make_webhook(url=server.url())
        assert poster.post(webhook).status == 200
        ((kept,),) = poster._connections._kept.values()
        assert kept._socket._has_come(PATIENCE_SECONDS)

        assert poster.post(webhook).status == 200

    assert server.connections == 2


BROKEN = {
    "nothing": b"",
    "no HTTP": b"hello\r\n\r\n",
    "half a body": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
    "bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "bad gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok",
}


@pytest.mark.parametrize("head", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_breaks_off_is_an_error(outbound: MakeOutbound, head: bytes) -> None:
    listener, _ = answering(head)

    with closing(listener):
        answer = outbound().post(make_webhook(url=f"http://127.0.0.1:{listener.getsockname()[1]}/"))

    assert (answer.status, bool(answer.error)) == (None, True)


def test_the_addresses_of_a_host_come_ipv4_first() -> None:
    found = resolve_addresses("localhost", 80)

    assert "127.0.0.1" in found
    assert found == sorted(found, key=lambda address: ":" in address)


@pytest.mark.parametrize(("written", "address"), [("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("::0001", "::1")])
def test_an_address_is_its_own(written: str, address: str) -> None:
    assert resolve_addresses(written, 80) == [address]


def test_a_get_is_sent_with_its_parameters_in_the_query(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    httpserver.expect_request("/status").respond_with_data("")
    webhook = replace(make_webhook(url=endpoint(httpserver, path="/status?x=1")), method="GET")

    assert outbound().post(webhook).status == 200

    request = httpserver.log[0][0]
    assert (request.method, request.data, tuple(request.args.items(multi=True))) == (
        "GET",
        b"",
        (("x", "1"), *webhook.form),
    )


def test_what_matters_of_the_headers_is_kept(httpserver: HTTPServer, outbound: MakeOutbound) -> None:
    headers = {"Content-Type": "text/xml", "Location": "/b", "WWW-Authenticate": 'Basic realm="x"'}
    httpserver.expect_request("/status").respond_with_data("", status=401, headers=headers)

    answer = outbound().post(make_webhook(url=endpoint(httpserver)))

    assert (answer.content_type, answer.location, answer.challenge) == tuple(headers.values())


def test_a_location_in_utf_8_is_read_as_such(outbound: MakeOutbound) -> None:
    listener, _ = answering("HTTP/1.1 302 X\r\nLocation: /é\r\nContent-Length: 0\r\n\r\n".encode())

    with closing(listener):
        answer = outbound().post(make_webhook(url=f"http://127.0.0.1:{listener.getsockname()[1]}/"))

    assert answer.location == "/é"


def test_after_another_answer_than_a_2xx_a_new_connection_is_made(outbound: MakeOutbound) -> None:
    listener, connections = answering(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", WHOLE)
    poster = outbound()

    with closing(listener):
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert [poster.post(make_webhook(url=url)).status for _ in range(2)] == [500, 200]
        assert connections.result(PATIENCE_SECONDS) == 2


FAILURES = [
    ("http://8.8.8.8/", Failure.REFUSED),
    ("ftp://127.0.0.1/", Failure.REFUSED),
    ("http://127.0.0.1:99999/", Failure.REFUSED),
    ("http://[::1/", Failure.REFUSED),
    ("http://no-host.invalid/", Failure.CONNECT),
]


@pytest.mark.parametrize(("url", "failure"), FAILURES, ids=[url for url, _ in FAILURES])
def test_a_failure_has_a_kind(outbound: MakeOutbound, url: str, failure: Failure) -> None:
    assert outbound().post(make_webhook(url=url)).failure is failure


def test_a_refused_connection_and_one_without_tls_are_failed_connections(
    httpserver: HTTPServer, outbound: MakeOutbound
) -> None:
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))
        nobody = make_webhook(url=f"http://127.0.0.1:{bound.getsockname()[1]}/")
        plain = make_webhook(url=endpoint(httpserver).replace("http:", "https:"))

        assert [outbound().post(webhook).failure for webhook in (nobody, plain)] == [Failure.CONNECT] * 2


def test_a_failure_on_a_kept_connection_is_not_one_of_connecting(outbound: MakeOutbound) -> None:
    def stay_once(connection: socket.socket, over: Event) -> None:
        connection.sendall(WHOLE)
        with connection.makefile("rb") as stream:
            customers.read_request(stream)

    poster = outbound()
    with customers.customer(stay_once) as server:
        answers = [poster.post(make_webhook(url=server.url())) for _ in range(2)]

    assert [answer.failure for answer in answers] == [None, Failure.BROKEN]
    assert server.connections == 1


@pytest.mark.parametrize(("host", "looks"), [("127.0.0.1", 1), ("app.example", 3)])
def test_a_name_is_looked_up_each_time_and_an_address_is_checked_once(
    httpserver: HTTPServer, outbound: MakeOutbound, host: str, looks: int
) -> None:
    httpserver.expect_request("/status").respond_with_data("")
    book = Resolver(["127.0.0.1"])
    posted = outbound(book=book)

    answers = [posted.post(make_webhook(url=endpoint(httpserver, host))) for _ in range(3)]

    assert [answer.status for answer in answers] == [200] * 3
    assert book.asked == [(host, httpserver.port)] * looks


def test_an_address_that_is_refused_is_refused_each_time_and_on_each_port(outbound: MakeOutbound) -> None:
    posted = outbound()

    answers = [posted.post(make_webhook(url=f"http://169.254.169.254:{port}/")) for port in (80, 80, 81)]

    assert [answer.failure for answer in answers] == [Failure.REFUSED] * 3
    assert all("169.254.169.254 is a link-local address" in (answer.error or "") for answer in answers)
