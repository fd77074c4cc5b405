"""A campaign that exists can be run, comes back from its journal whole, and holds no secret."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import SENDER
from twilio_sms.commands.campaign import Campaign
from twilio_sms.errors import JournalError, ValidationError
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.token_bucket import Rate

SERVICE = "MG" + "0e" * 16
FULL = {
    "file": "/data/people.csv",
    "from_": SENDER,
    "body": "Hi $name",
    "workers": 3,
    "on_unknown": "resend",
    "settle_seconds": 1.5,
    "budget": "10",
    "price_per_segment": "0.0079",
    "per_second": 5.0,
    "opt_outs": "/data/opt_outs.db",
}


def campaign(**changes: Any) -> Campaign:
    return Campaign(**{"file": "/data/people.csv", **changes})


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"from_": SENDER, "messaging_service": SERVICE}, "--from or --messaging-service, not both"),
        ({"no_limits": True, "per_second": 5.0}, "--no-limits takes the limits off"),
        ({"body": "costs $5"}, "--body: the template has a \\$"),
        ({"per_second": 0.0}, "--per-second: per_second must be a number"),
        ({"per_second": float("nan")}, "--per-second: per_second must be a number"),
        ({"per_recipient_per_second": float("inf")}, "--per-recipient-per-second: per_second must be a number"),
        ({"from_": "+1"}, "from_ must be an E.164 number"),
        ({"messaging_service": "MG1"}, "must be MG and 32 hexadecimal digits"),
        ({"workers": 0}, "workers must be a whole number"),
        ({"budget": "10"}, "budget needs price_per_segment"),
        ({"price_per_segment": "cheap"}, "must be an amount"),
        ({"on_unknown": "guess"}, "on_unknown must be 'keep' or 'resend'"),
        ({"settle_seconds": float("nan")}, "settle_seconds must be a number"),
        ({"default_region": "Utopia"}, "default_region must be a country"),
    ],
)
def test_what_cannot_work_is_refused_by_name(settings: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        campaign(**settings).config()


def test_a_national_sender_needs_its_region() -> None:
    with pytest.raises(ValidationError):
        campaign(from_="(500) 555-0006")

    assert campaign(from_="(500) 555-0006", default_region="US").config().default_region == "US"


@given(
    st.fixed_dictionaries(
        {"file": st.text()},
        optional={
            "body": st.text().filter(lambda text: "$" not in text),
            "workers": st.integers(1, 256),
            "settle_seconds": st.floats(0, 600_000),
            "no_limits": st.booleans(),
            "opt_outs": st.text(),
        },
    )
)
def test_it_comes_back_as_it_was_kept(settings: dict[str, Any]) -> None:
    kept = Campaign(**settings)

    assert Campaign.from_json(kept.to_json()) == kept


@pytest.mark.parametrize(
    "text",
    ["", "5", "[]", "null", "{}", '{"file": 5}', '{"file": "a", "body": 5}', '{"file": "a", "workers": "8"}'],
)
def test_what_another_program_kept_is_refused(text: str) -> None:
    with pytest.raises(JournalError, match="does not say how it was begun"):
        Campaign.from_json(text)


def test_what_a_newer_one_kept_is_not_run_without_what_is_new() -> None:
    with pytest.raises(JournalError, match="upgrade"):
        Campaign.from_json(json.dumps({**FULL, "quiet_hours": "21-8"}))


def test_it_holds_no_secret_and_no_address() -> None:
    assert not {"auth_token", "api_secret", "account_sid", "base_url"} & set(asdict(campaign(**FULL)))


def test_only_what_is_given_is_changed() -> None:
    changed = campaign(**FULL).changed({"workers": 1, "on_unknown": None, "body": None})

    assert asdict(changed) == {**asdict(campaign(**FULL)), "workers": 1}


@pytest.mark.parametrize(
    ("kept", "given_now", "limits"),
    [
        ({"no_limits": True}, {"per_second": 5.0}, (5.0, None, False)),
        ({"per_second": 5.0, "per_recipient_per_second": 1.0}, {"no_limits": True}, (None, None, True)),
        ({"per_second": 5.0}, {"workers": 1}, (5.0, None, False)),
    ],
)
def test_one_limit_given_is_all_of_them_anew(
    kept: dict[str, Any], given_now: dict[str, Any], limits: tuple[object, ...]
) -> None:
    changed = campaign(**kept).changed(given_now)

    assert (changed.per_second, changed.per_recipient_per_second, changed.no_limits) == limits


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"body": "Bye"}, "--body"),
        ({"from_": None, "messaging_service": SERVICE}, "--from and --messaging-service"),
        ({"default_region": "US"}, "--default-region"),
    ],
)
def test_other_messages_of_the_same_rows_are_refused_by_option(change: dict[str, Any], named: str) -> None:
    with pytest.raises(JournalError, match=f"begun with another {named}"):
        campaign(**{**FULL, **change}).check_same_messages(campaign(**FULL))


def test_another_pace_or_place_makes_no_other_messages() -> None:
    campaign(**{**FULL, "workers": 1, "file": "/moved/people.csv"}).check_same_messages(campaign(**FULL))


@pytest.mark.parametrize(
    ("settings", "limits"),
    [
        ({}, RateLimits()),
        ({"no_limits": True}, RateLimits(global_rate=None, recipient_rate=None)),
        ({"per_second": 2.5}, RateLimits(global_rate=Rate(2.5, 3))),
        ({"per_recipient_per_second": 0.1}, RateLimits(recipient_rate=Rate(0.1, 1))),
    ],
)
def test_a_limit_saves_up_what_comes_back_in_a_second(settings: dict[str, Any], limits: RateLimits) -> None:
    assert campaign(**settings).config().rate_limits == limits


def test_it_says_what_send_bulk_wants() -> None:
    full = campaign(**FULL)

    assert full.message_settings() == {"from_": SENDER, "body_template": "Hi $name"}
    assert full.bulk_settings() == {name: FULL[name] for name in full.bulk_settings()}
    assert (full.price, full.name) == (Decimal("0.0079"), "people.csv")


def test_its_text_is_not_in_what_is_logged_of_it() -> None:
    assert "Hi $name" not in repr(campaign(**FULL))
