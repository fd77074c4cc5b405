"""Tests of what is tried again: every pair of an outcome and a policy."""

import pytest

from fake_twilio.domain.webhooks.retries import RETRIED_BY, Failure, Outcome, Policy, is_tried_again, outcome_of

# Twilio, "Webhook connection overrides": which word of `rp` tries again what.
YES = {
    (Failure.CONNECT, Policy.CONNECT),
    (Failure.SILENT, Policy.READ),
    (4, Policy.CLIENT_ERROR),
    (5, Policy.SERVER_ERROR),
    (Failure.CONNECT, Policy.ALL),
    (Failure.SILENT, Policy.ALL),
    (Failure.BROKEN, Policy.ALL),
    (4, Policy.ALL),
    (5, Policy.ALL),
}
OUTCOMES: list[Outcome] = [*Failure, 0, 1, 2, 3, 4, 5, 9]
PAIRS = [(outcome, policy) for outcome in OUTCOMES for policy in Policy]


@pytest.mark.parametrize(("outcome", "policy"), PAIRS, ids=lambda value: str(value))
def test_a_policy_tries_again_what_it_names(outcome: Outcome, policy: Policy) -> None:
    assert is_tried_again(outcome, {policy}) is ((outcome, policy) in YES)


@pytest.mark.parametrize("policy", Policy)
def test_a_partial_response_is_never_tried_again(policy: Policy) -> None:
    assert not is_tried_again(Failure.PARTIAL, {policy})


def test_several_policies_add_up() -> None:
    policies = {Policy.CLIENT_ERROR, Policy.READ}

    assert [is_tried_again(outcome, policies) for outcome in (4, 5, Failure.SILENT)] == [True, False, True]


def test_every_failure_stands_in_the_table() -> None:
    assert set(RETRIED_BY) == {*Failure, 4, 5}


def test_a_failure_counts_more_than_a_status() -> None:
    assert [outcome_of(404, None), outcome_of(None, Failure.CONNECT), outcome_of(302, Failure.REDIRECTS)] == [
        4,
        Failure.CONNECT,
        Failure.REDIRECTS,
    ]
    assert outcome_of(None, None) == 0
