"""Whom a text speaks to, and how far a STOP reaches there."""

import pytest

from tests.doubles import SENDER
from tests.opt_outs import SERVICE
from twilio_sms.compliance.conversations import StopReach, conversations, scope_of_stop
from twilio_sms.domain.scope import BRAND, Scope

HERE, GROUP = Scope.of_sender(SENDER), Scope.of_service(SERVICE)


@pytest.mark.parametrize(
    ("sender", "service", "spoken"),
    [
        pytest.param(SENDER, SERVICE, (GROUP, HERE), id="a number in a service"),
        pytest.param(SENDER, None, (HERE,), id="a number"),
        pytest.param(None, SERVICE, (GROUP,), id="a service"),
        pytest.param("rcs:" + SENDER, "", (HERE,), id="another channel"),
        pytest.param(SENDER, "no service", (HERE,), id="a service that is none"),
        pytest.param("\n", SERVICE, (GROUP,), id="a sender that is none"),
        pytest.param(None, None, (), id="nothing"),
    ],
)
def test_a_text_speaks_to_the_service_first(sender, service, spoken):
    assert conversations(sender, service) == spoken


@pytest.mark.parametrize(
    ("spoken", "reach", "scope"),
    [
        (HERE, StopReach.BRAND, BRAND),
        (GROUP, StopReach.CONVERSATION, GROUP),
        (HERE, StopReach.CONVERSATION, HERE),
        (None, StopReach.CONVERSATION, BRAND),
    ],
)
def test_a_stop_reaches_as_far_as_is_asked_for(spoken, reach, scope):
    assert scope_of_stop(spoken, reach) == scope
