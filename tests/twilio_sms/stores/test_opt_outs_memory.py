"""The list in memory: what it says of itself; what all lists do is tested with their protocol."""

import os

import pytest

from tests.doubles import RECIPIENT
from tests.opt_outs import opted_in, opted_out
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts


def test_a_changed_event_is_found():
    store = MemoryOptOuts()
    store.append(opted_out(0), opted_out(1))
    store._links[1] = store._links[1]._replace(record=("+15550000000", *store._links[1].record[1:]))

    assert store.verify() == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_that_was_forked_while_the_list_was_busy_goes_on_with_a_copy():
    store = MemoryOptOuts()
    store.append(opted_out(0))
    with store._lock:
        child = os.fork()
        if child == 0:
            store.append(opted_in(1))
            os._exit(len(store.events(RECIPIENT)))

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
    assert len(store.events(RECIPIENT)) == 1
