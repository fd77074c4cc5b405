"""A sink of the load's own, its shape and its number are made of the options."""

from contextlib import closing
from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.around import set_shape, start_own_sink, surroundings_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.options import Options
from fake_twilio.load.tally import Tally
from tests.fake_twilio.load.doubles import Environment


def test_a_sink_of_its_own_stands_in_the_options_by_its_address_until_the_end() -> None:
    load = Environment(sink="own", app_url=None)

    start_own_sink(load)

    (stop,) = load.events.quit.listeners
    assert requests.get(f"{load.parsed_options.sink}/counts", timeout=5).json()["callbacks"] == 0
    stop(exit_code=0)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{load.parsed_options.sink}/counts", timeout=5)


@pytest.mark.parametrize(
    ("options", "sink"),
    [
        ({"sink": None}, None),
        ({"sink": "http://127.0.0.1:9"}, "http://127.0.0.1:9"),
        ({"sink": "own", "app_url": "http://127.0.0.1:5000"}, None),  # the app takes the webhooks
    ],
)
def test_none_is_started_where_nobody_wants_it(options: dict[str, Any], sink: str | None) -> None:
    load = Environment(**options)

    start_own_sink(load)

    assert (load.parsed_options.sink, load.events.quit.listeners) == (sink, [])


def test_without_a_shape_users_come_as_locust_has_it_and_what_is_none_is_refused() -> None:
    load = Environment(shape=None)
    set_shape(load)

    assert load.shape_class is None
    with pytest.raises(LoadError, match="wanted a shape such as"):
        set_shape(Environment(shape="wave"))


def test_a_load_leads_its_number_and_compares_with_nobody_if_there_is_an_app(fake_twilio: FakeTwilioFixture) -> None:
    options = Options(app_url="http://127.0.0.1:9")
    surroundings = surroundings_of(fake_twilio.url, options, fake_twilio.environment(), Tally(), [].append)
    with closing(surroundings):
        surroundings.begin()
        fake_twilio.receive("+15551234567", "+14155550101", "hello")
        fake_twilio.settle()

        assert {delivery.url for delivery in fake_twilio.callbacks} == {"http://127.0.0.1:9/twilio/inbound"}
        fake, sink, differences = surroundings.end()

    assert (fake["messages"], sink, differences) == ({"received": 1}, {}, None)
