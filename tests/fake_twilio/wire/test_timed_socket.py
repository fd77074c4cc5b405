"""A socket each of whose waits has its own limit, over sockets of this machine."""

import select
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.timed_socket import TimedSocket
from tests.fake_twilio.doubles import PATIENCE_SECONDS

PEM = Path(__file__).parents[1] / "app.example.pem"
Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    left, right = socket.socketpair()
    with left, right:
        right.settimeout(PATIENCE_SECONDS)
        yield left, right


@pytest.fixture(params=["poll", "select"])
def timed(pair: Pair, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> TimedSocket:
    """Return the left side, with what there is to wait on elsewhere, and on Windows."""
    if request.param == "select":
        monkeypatch.delattr(select, "poll", raising=False)
    return TimedSocket(pair[0], monotonic)


def read(timed: TimedSocket, count: int, seconds: float = PATIENCE_SECONDS) -> bytes:
    buffer = bytearray(count)
    read_bytes = timed.read_into(buffer, seconds)
    assert read_bytes is not None
    return bytes(buffer[:read_bytes])


def take(right: socket.socket, count: int) -> bytes:
    taken = b""
    while len(taken) < count:
        taken += right.recv(1_000_000)
    return taken


def test_what_is_there_is_read_and_nothing_else_is_waited_for(timed: TimedSocket, pair: Pair) -> None:
    pair[1].sendall(b"abc")

    assert read(timed, 8, seconds=0.0) == b"abc"


def test_at_the_end_nothing_is_read(timed: TimedSocket, pair: Pair) -> None:
    pair[1].close()

    assert read(timed, 8) == b""


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 0.01])
def test_what_does_not_come_in_time_is_not_waited_for(timed: TimedSocket, seconds: float) -> None:
    with pytest.raises(TimeoutError):
        timed.read_into(bytearray(1), seconds)


def test_news_are_bytes_or_the_end(timed: TimedSocket, pair: Pair) -> None:
    assert not timed.has_news
    pair[1].sendall(b"x")
    assert timed.has_news
    read(timed, 1)
    assert not timed.has_news
    pair[1].close()
    assert timed.has_news


def test_much_is_sent_as_fast_as_the_other_side_takes_it(timed: TimedSocket, pair: Pair) -> None:
    data = bytes(range(256)) * 20_000
    with ThreadPoolExecutor(1) as other_side:
        taken = other_side.submit(take, pair[1], len(data))
        timed.send_all(data, PATIENCE_SECONDS)

    assert taken.result() == data


def test_who_takes_nothing_is_not_waited_for(timed: TimedSocket) -> None:
    with pytest.raises(TimeoutError, match="took nothing"):
        timed.send_all(bytes(50_000_000), 0.01)


def test_a_closed_one_is_gone_for_the_other_side(timed: TimedSocket, pair: Pair) -> None:
    timed.close()

    assert pair[1].recv(1) == b""


def test_a_first_byte_is_seen_and_not_read(timed: TimedSocket, pair: Pair) -> None:
    pair[1].sendall(b"x")

    assert timed.begins_within(PATIENCE_SECONDS)
    assert read(timed, 8) == b"x"


def test_an_end_is_no_beginning(timed: TimedSocket, pair: Pair) -> None:
    pair[1].close()

    assert not timed.begins_within(PATIENCE_SECONDS)


def test_a_first_byte_that_does_not_come_is_not_waited_for(timed: TimedSocket) -> None:
    with pytest.raises(TimeoutError):
        timed.begins_within(0.01)


@pytest.mark.parametrize("unread", [b"", b"unread"])
def test_who_is_still_there_is_waited_for_to_the_end(timed: TimedSocket, pair: Pair, unread: bytes) -> None:
    pair[1].sendall(unread)
    begun = monotonic()

    assert not timed.is_gone_within(0.1)
    assert monotonic() - begun >= 0.09  # the select of the system may be a little early
    if unread:
        assert read(timed, 8) == unread


@pytest.mark.parametrize("side", [0, 1], ids=["our own", "the other"])
def test_who_goes_is_not_waited_for(timed: TimedSocket, pair: Pair, side: int) -> None:
    with ThreadPoolExecutor(1) as waiting:
        gone = waiting.submit(timed.is_gone_within, 60.0)
        pair[side].shutdown(socket.SHUT_RDWR)

        assert gone.result(PATIENCE_SECONDS)


@pytest.mark.parametrize("way", ["poll", "select"])
def test_a_reset_is_seen_as_one(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "select":
        monkeypatch.delattr(select, "poll", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        client.settimeout(PATIENCE_SECONDS)
        other = TimedSocket(client.dup(), monotonic)
        TimedSocket(accepted, monotonic).reset()

        assert other.is_gone_within(PATIENCE_SECONDS)
        other.close()
        client.settimeout(PATIENCE_SECONDS)
        if way == "poll":  # looking for it takes the error away
            with pytest.raises(ConnectionResetError):
                client.recv(1)


@pytest.fixture
def wires() -> Iterator[tuple[ssl.SSLObject, Pair, ssl.SSLSocket]]:
    """Yield a side that writes TLS byte by byte, the sockets that carry it, and the other side, after the greetings."""
    left, right = socket.socketpair()
    server, client = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context(cafile=str(PEM))
    server.load_cert_chain(PEM)
    server.num_tickets = 0
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    written = server.wrap_bio(incoming, outgoing, server_side=True)
    with client.wrap_socket(left, server_hostname="app.example", do_handshake_on_connect=False) as secure, right:
        secure.setblocking(False)
        right.settimeout(PATIENCE_SECONDS)
        for _ in range(4):
            for side in (secure, written):
                with suppress(ssl.SSLWantReadError):
                    side.do_handshake()
                if side is secure and select.select([right], [], [], 0)[0]:
                    incoming.write(right.recv(65_536))
                if outgoing.pending:
                    right.sendall(outgoing.read())
        written.bio = outgoing  # type: ignore[attr-defined] # for the tests: what it writes comes out there
        yield written, (left, right), secure


def test_part_of_a_record_is_nothing_yet(wires: tuple[ssl.SSLObject, Pair, ssl.SSLSocket]) -> None:
    written, (_, right), secure = wires
    timed = TimedSocket(secure, monotonic)
    written.write(b"hello")
    record = written.bio.read()

    right.sendall(record[:7])
    assert timed.read_into(bytearray(5), PATIENCE_SECONDS) is None
    right.sendall(record[7:])
    assert read(timed, 5) == b"hello"


def test_what_a_record_still_holds_is_read_without_a_wait(wires: tuple[ssl.SSLObject, Pair, ssl.SSLSocket]) -> None:
    written, (_, right), secure = wires
    timed = TimedSocket(secure, monotonic)
    written.write(b"hello")
    right.sendall(written.bio.read())

    assert read(timed, 2) == b"he"
    assert read(timed, 3, seconds=0.0) == b"llo"
