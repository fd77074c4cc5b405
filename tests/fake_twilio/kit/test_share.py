"""Tests of what one process of a test run has seen."""

from time import process_time

from fake_twilio.kit.conduct import Conduct
from fake_twilio.kit.share import Share
from fake_twilio.records.incidents import Incident, Sort
from tests.fake_twilio.doubles import START
from tests.fake_twilio.kit.runs import delivered, evidence

REFUSED = evidence(incidents=(Incident(START, Sort.REFUSAL, "21211"),), callbacks=(delivered(),))


def test_a_share_names_the_test_that_met_a_failure() -> None:
    share = Share.of("test_a", REFUSED)

    assert share.tests == {"invalid_recipient": {"test_a"}}
    assert share.conduct.callbacks == 1


def test_shares_add_up() -> None:
    shares = [Share.of("test_a", REFUSED), Share.of("test_b", REFUSED), Share({"hang": frozenset({"test_b"})})]

    share = Share.total(shares)

    assert share.tests == {"invalid_recipient": {"test_a", "test_b"}, "hang": {"test_b"}}
    assert share.conduct.callbacks == 2


def test_ten_thousand_tests_add_up_in_no_time() -> None:
    shares = [Share({name: frozenset({f"test_{n}"}) for name in ("hang", "reset")}) for n in range(10_000)]
    began = process_time()

    total = Share.total([Share.total(shares), *shares])

    assert len(total.tests_of("hang")) == 10_000
    assert process_time() - began < 1.0


def test_a_share_crosses_to_another_process_unchanged() -> None:
    share = Share({"hang": frozenset({"a", "b"})}, Conduct(callbacks=2, slowest_seconds=0.5))

    assert Share.from_text(share.text()) == share


def test_what_is_missing_is_told_in_the_order_of_the_table() -> None:
    assert Share().missing[:2] == ("invalid_recipient", "region_not_enabled")
    assert "invalid_recipient" not in Share.of("test_a", REFUSED).missing
