import socket

import pytest

from fake_twilio.load.ports import find_obstacle


@pytest.mark.parametrize("host", ["127.0.0.1", ""])
def test_a_port_is_taken_while_somebody_listens(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        assert find_obstacle(host, port) == "is taken"

    assert find_obstacle(host, port) is None


def test_a_free_port_is_not_taken_by_asking() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert find_obstacle("127.0.0.1", port) is None
    assert find_obstacle("127.0.0.1", port) is None


@pytest.mark.parametrize("port", [65_536, -1])
def test_what_is_no_port_is_told(port: int) -> None:
    assert find_obstacle("127.0.0.1", port) == "is none, they go from 0 to 65535"


def test_an_address_that_is_not_this_machines_is_not_called_taken() -> None:
    obstacle = find_obstacle("192.0.2.1", 7670)

    assert obstacle is not None
    assert obstacle.startswith("cannot be had (")
