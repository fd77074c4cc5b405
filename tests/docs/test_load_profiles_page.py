"""The page about failures under load: what it shows runs, and comes to what it says."""

import pytest

from tests.docs.pages import examples, run

EXAMPLES = examples("docs/load_profiles.md")


@pytest.mark.timeout(180)  # real seconds of an outage
def test_a_campaign_outlives_an_outage() -> None:
    told = run(EXAMPLES["outage_under_load"])

    assert told == "80 messages to 80 people; the outage cost Twilio fewer than 30 requests: True\n"
