"""G3 and G4 in short: each fault once on each route; ours is found right, the usual code is found out."""

import pytest

from tests.e2e.wire_faults import naive, once, retrying, run
from tests.tls_faults import ENDLESS

SLOW = {*ENDLESS, "429 with retry-after"}  # what takes real time is left to the command


def test_who_is_told_not_sent_was_not_sent():
    found = run(once, 1, 2, SLOW)

    assert (found["not sent but held"], found["accepted but not held"]) == (0, 0)
    assert found["not sent at all"] > 0


def test_the_default_client_sends_at_most_once_and_does_try_again():
    found = run(retrying, 1, 2, SLOW)

    assert found["sent twice"] == 0
    assert found["more than one attempt"] > 0


@pytest.mark.parametrize("fault", ["not sent but held", "sent twice"])
def test_the_usual_code_is_found_out(fault):
    assert run(naive, 1, 2, SLOW)[fault] > 0
