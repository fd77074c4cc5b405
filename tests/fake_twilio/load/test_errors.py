import pytest

from fake_twilio.load.errors import LoadError, RequestFailed


def test_a_load_that_cannot_begin_is_a_wrong_value() -> None:
    assert issubclass(LoadError, ValueError)


def test_a_failed_request_is_caught_apart_from_a_load_that_cannot_begin() -> None:
    with pytest.raises(RequestFailed, match="HTTP 429"):
        raise RequestFailed("HTTP 429")

    assert not issubclass(RequestFailed, ValueError)
