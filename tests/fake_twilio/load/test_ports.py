import socket

import pytest

from fake_twilio.load.ports import is_taken


@pytest.mark.parametrize("host", ["127.0.0.1", ""])
def test_a_port_is_taken_while_somebody_listens(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        assert is_taken(host, port)

    assert not is_taken(host, port)


def test_a_free_port_is_not_taken_by_asking() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert not is_taken("127.0.0.1", port)
    assert not is_taken("127.0.0.1", port)
