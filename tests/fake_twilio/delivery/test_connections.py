"""Tests of the connections that are kept, over sockets of this machine."""

import select
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from fake_twilio.delivery.connections import Connection, Connections, Place
from fake_twilio.delivery.journey import Journey
from fake_twilio.domain.webhooks.overrides import DEFAULT_LIMITS, Limits
from fake_twilio.timing.clock import monotonic
from tests.fake_twilio.doubles import PATIENCE_SECONDS

PEM = Path(__file__).parents[1] / "app.example.pem"


class House:
    """A listener that hands out what was accepted, in order."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(PATIENCE_SECONDS)
        self._accepted: list[socket.socket] = []
        self.place = Place(False, "app.example", ("127.0.0.1",), self._listener.getsockname()[1])

    def accept(self) -> socket.socket:
        """Return the connection that waits the longest."""
        accepted = self._listener.accept()[0]
        accepted.settimeout(PATIENCE_SECONDS)
        self._accepted.append(accepted)
        return accepted

    def close(self) -> None:
        for each in (self._listener, *self._accepted):
            each.close()


@pytest.fixture
def house() -> Iterator[House]:
    with closing(House()) as made:
        yield made


@pytest.fixture
def connections() -> Iterator[Connections]:
    with closing(Connections(kept_each=2, kept_places=2)) as made:
        yield made


def journey(limits: Limits = DEFAULT_LIMITS) -> Journey:
    return Journey(limits, monotonic)


def use(connections: Connections, place: Place, *, is_reusable: bool = True) -> Connection:
    """Lend a connection and give it back."""
    with connections.lent(place, journey()) as connection:
        connection.is_reusable = is_reusable
    return connection


def is_over(accepted: socket.socket) -> bool:
    """Whether the other side has closed; whoever reads a byte instead fails."""
    return accepted.recv(1) == b""


def wait_for_news(connection: Connection) -> None:
    assert connection._socket._has_come(PATIENCE_SECONDS)


def test_a_connection_is_lent_again(house: House, connections: Connections) -> None:
    assert use(connections, house.place) is use(connections, house.place)


def test_one_that_is_not_marked_as_reusable_is_closed(house: House, connections: Connections) -> None:
    use(connections, house.place, is_reusable=False)

    assert is_over(house.accept())


def test_whoever_sends_has_to_mark_it_anew(house: House, connections: Connections) -> None:
    use(connections, house.place)

    with connections.lent(house.place, journey()) as connection:
        connection.send(b"x", journey())

    accepted = house.accept()
    assert accepted.recv(1) == b"x"
    assert is_over(accepted)


def test_a_failure_closes_it(house: House, connections: Connections) -> None:
    with pytest.raises(RuntimeError), connections.lent(house.place, journey()):
        raise RuntimeError

    assert is_over(house.accept())


def test_nobody_shares_one_that_is_lent(house: House, connections: Connections) -> None:
    with connections.lent(house.place, journey()) as first, connections.lent(house.place, journey()) as second:
        assert first is not second


def test_of_each_place_a_few_are_kept(house: House, connections: Connections) -> None:
    with ExitStack() as stack:
        lent = [stack.enter_context(connections.lent(house.place, journey())) for _ in range(3)]
        for connection in lent:
            connection.is_reusable = True

    accepted = [house.accept() for _ in lent]
    assert select.select(accepted, [], [], PATIENCE_SECONDS)[0] == accepted[:1]  # given back last


def test_the_place_that_was_called_least_lately_is_forgotten(house: House, connections: Connections) -> None:
    places = [replace(house.place, host=host) for host in ("a", "b", "c")]
    first, second = use(connections, places[0]), use(connections, places[1])
    assert use(connections, places[0]) is first

    use(connections, places[2])

    house.accept()
    assert is_over(house.accept())
    assert use(connections, places[0]) is first
    assert use(connections, places[1]) is not second


@pytest.mark.parametrize(
    "change", [{"host": "other.example"}, {"is_secure": True}, {"addresses": ("127.0.0.2",)}], ids=str
)
def test_a_place_is_more_than_a_port(house: House, connections: Connections, change: dict[str, str]) -> None:
    use(connections, house.place)

    assert connections._take(replace(house.place, **change)) is None


def test_one_that_the_other_side_has_closed_meanwhile_is_replaced(house: House, connections: Connections) -> None:
    first = use(connections, house.place)
    house.accept().close()
    wait_for_news(first)

    assert use(connections, house.place) is not first


def test_one_on_which_comes_what_nobody_asked_for_is_replaced(house: House, connections: Connections) -> None:
    first = use(connections, house.place)
    accepted = house.accept()
    accepted.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    wait_for_news(first)

    assert use(connections, house.place) is not first


def test_the_end_closes_what_is_kept_and_keeps_nothing_more(house: House, connections: Connections) -> None:
    with connections.lent(house.place, journey()) as lent:
        use(connections, house.place)
        lent.is_reusable = True
        connections.close()

    assert [is_over(house.accept()) for _ in range(2)] == [True, True]


def test_sending_to_whoever_reads_nothing_ends(house: House, connections: Connections) -> None:
    hurried = Limits(connect_seconds=0.1)

    with connections.lent(house.place, journey()) as connection, pytest.raises(TimeoutError):
        connection.send(bytes(50_000_000), journey(hurried))


def test_whoever_reads_no_more_may_have_answered_already(house: House, connections: Connections) -> None:
    with connections.lent(house.place, journey()) as connection:
        accepted = house.accept()
        accepted.sendall(b"no")
        accepted.close()
        for _ in range(2):  # the first makes the other side object, the second would be told of it
            connection.send(bytes(1_000_000), journey())


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the certificate of app.example."""
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))


@pytest.fixture
def secure_house(house: House) -> House:
    """Return a house that proves that it is app.example, and sends back what comes, connection by connection."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(PEM)
    house.place = replace(house.place, is_secure=True)

    def serve() -> None:
        while True:
            try:
                with context.wrap_socket(house.accept(), server_side=True) as secure:
                    while data := secure.recv(4096):
                        secure.sendall(data)
            except ssl.SSLError:
                continue  # the other side did not like the proof
            except OSError:
                return

    Thread(target=serve, daemon=True).start()
    return house


def echo(connections: Connections, place: Place) -> Connection:
    """Send a word and read it back."""
    with connections.lent(place, journey()) as connection:
        connection.send(b"hello", journey())
        with connection.reader(journey()) as reader:
            assert reader.read(5) == b"hello"
        connection.is_reusable = True
    return connection


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("host", ["app.example", "app.example.", "APP.example"])
def test_a_host_that_proves_its_name_is_connected_and_kept(
    secure_house: House, connections: Connections, host: str
) -> None:
    place = replace(secure_house.place, host=host)

    assert echo(connections, place) is echo(connections, place)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("host", ["other.example", "127.0.0.1", "sub.app.example"])
def test_a_host_that_proves_another_name_is_not_connected(
    secure_house: House, connections: Connections, host: str
) -> None:
    under_way = journey()

    with (
        pytest.raises(ssl.SSLCertVerificationError),
        connections.lent(replace(secure_house.place, host=host), under_way),
    ):
        raise AssertionError

    assert not under_way.is_connected


def test_a_proof_that_nobody_trusts_is_none(secure_house: House, connections: Connections) -> None:
    with pytest.raises(ssl.SSLCertVerificationError), connections.lent(secure_house.place, journey()):
        raise AssertionError


def test_tls_has_to_be_ready_within_the_time_to_connect(house: House, connections: Connections) -> None:
    place = replace(house.place, is_secure=True)

    with pytest.raises(TimeoutError), connections.lent(place, journey(Limits(connect_seconds=0.05))):
        raise AssertionError
