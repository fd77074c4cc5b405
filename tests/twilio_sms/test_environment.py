"""Each variable has its setting, and none of them is shown that is secret."""

import pytest

from twilio_sms.environment import Settings


def test_every_variable_has_its_setting():
    names = ("account_sid", "auth_token", "api_key", "api_secret", "base_url", "edge", "region")

    settings = Settings.from_env({f"TWILIO_{name.upper()}": f"the {name}" for name in names})

    assert [getattr(settings, name) for name in names] == [f"the {name}" for name in names]


@pytest.mark.parametrize(
    "environ",
    [{}, {"TWILIO_EDGE": ""}, {"TWILIO_EDGE": " \n"}, {"EDGE": "dublin"}],
    ids=["absent", "empty", "blank", "foreign"],
)
def test_a_variable_without_a_value_counts_as_absent(environ):
    assert Settings.from_env(environ).edge is None


def test_white_space_around_a_value_does_not_count():
    assert Settings.from_env({"TWILIO_AUTH_TOKEN": " token\n"}).auth_token == "token"


def test_settings_do_not_show_their_secrets():
    settings = Settings.from_env({"TWILIO_AUTH_TOKEN": "hush-token", "TWILIO_API_SECRET": "hush-secret"})

    assert "hush" not in repr(settings)
