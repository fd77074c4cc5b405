"""Webhooks go to one of the two."""

import pytest

from fake_twilio.load.addresses import addresses_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.options import Options

APP, SINK = "http://127.0.0.1:5000/", "http://127.0.0.1:7671"


@pytest.mark.parametrize(
    ("options", "addresses"),
    [
        (Options(), None),
        (Options(sink=SINK), (f"{SINK}/sms", f"{SINK}/status")),
        (Options(app_url=APP), (f"{APP}twilio/inbound", f"{APP}twilio/status")),
        (
            Options(app_url=f"{APP}shop", app_inbound_path="/in", app_status_path="/hooks/sms?key=1"),
            (f"{APP}shop/in", f"{APP}shop/hooks/sms?key=1"),
        ),
    ],
)
def test_they_lie_below_the_address_that_was_given(options: Options, addresses: tuple[str, str] | None) -> None:
    assert addresses_of(options) == addresses


def test_two_takers_are_refused() -> None:
    with pytest.raises(LoadError, match="--app-url and --sink are two takers of the same webhooks"):
        addresses_of(Options(sink=SINK, app_url=APP))


@pytest.mark.parametrize("path", ["twilio/inbound", "@other.test/", ".other.test/", ""])
@pytest.mark.parametrize("option", ["app_inbound_path", "app_status_path"])
def test_a_path_that_would_lead_to_another_host_is_refused(option: str, path: str) -> None:
    with pytest.raises(LoadError, match=f"--{option.replace('_', '-')} must begin with a slash"):
        addresses_of(Options(app_url="http://127.0.0.1:5000", **{option: path}))
