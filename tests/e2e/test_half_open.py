"""G37 in short: who never finishes a request keeps nobody waiting."""

from tests.e2e.half_open import PATIENCE_SECONDS, allow_descriptors, fake, naive, worst_wait_seconds

MORE_THAN_PLACES = 600  # the fake has 256


def test_a_good_request_is_answered_while_slow_clients_hold_all_places() -> None:
    connections = allow_descriptors(MORE_THAN_PLACES)
    with fake() as address:
        waited = worst_wait_seconds(address, connections)

    assert connections == MORE_THAN_PLACES
    assert waited < 1


def test_a_server_that_waits_for_the_slow_is_found_out() -> None:
    with naive() as address:
        assert worst_wait_seconds(address, 4) == PATIENCE_SECONDS
