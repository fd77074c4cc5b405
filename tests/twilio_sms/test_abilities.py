"""A part that cannot do its work is refused by name, whatever it says of itself."""

import logging
from pathlib import Path

import pytest

from tests.doubles import HandClock
from twilio_sms.abilities import CLOCK, LOGGER, METRICS, OPT_OUTS, WEBHOOK_STORE, Wanted, check_parts, given_or
from twilio_sms.clock import SystemClock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.errors import ValidationError
from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.metrics import NullMetrics
from twilio_sms.simulation.manual_clock import ManualClock
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.stores.webhooks_memory import MemoryWebhooks


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        *((CLOCK, clock) for clock in (SystemClock(), ManualClock(), HandClock())),
        *((LOGGER, logger) for logger in (logging.getLogger("a"), logging.LoggerAdapter(logging.getLogger("a"), {}))),
        *((METRICS, metrics) for metrics in (NullMetrics(), CountingMetrics())),
        *(
            (OPT_OUTS, store)
            for store in ("a.db", Path("a.db"), MemoryOptOuts(), OptOuts(MemoryOptOuts(), HandClock()))
        ),
        *((WEBHOOK_STORE, store) for store in ("a.db", Path("a.db"), MemoryWebhooks())),
    ],
    ids=lambda each: each.what[:10] if isinstance(each, Wanted) else type(each).__name__,
)
def test_what_we_have_of_a_kind_will_do(wanted, part):
    assert wanted.fits(part)


def test_half_a_part_is_refused_with_what_to_give():
    class HalfAClock:
        def now(self):
            raise NotImplementedError

    with pytest.raises(ValidationError, match=r"clock must be a clock such as ManualClock\(\), is HalfAClock"):
        check_parts({"clock": HalfAClock()}, {"clock": CLOCK})


def test_a_path_does_only_where_one_is_taken():
    check_parts({"store": "a.db"}, {"store": WEBHOOK_STORE})
    with pytest.raises(ValidationError, match=r"metrics must be metrics .*, is str"):
        check_parts({"metrics": "a.db"}, {"metrics": METRICS})


def test_what_is_not_given_is_not_asked_for():
    check_parts({"clock": None}, {"clock": CLOCK, "logger": LOGGER})


@pytest.mark.parametrize(("part", "taken"), [(None, "usual"), ("own", "own"), ("", ""), ([], [])], ids=repr)
def test_only_what_is_not_there_has_a_stand_in(part, taken):
    assert given_or(part, lambda: "usual") == taken
