"""An engine without HTTP and without webhooks, for benches that ask it directly."""

from fake_twilio.application_book import ApplicationBook
from fake_twilio.clock import ManualClock
from fake_twilio.domain.account import Account
from fake_twilio.domain.scenario import Scenario, Timeline
from fake_twilio.engine import Engine
from fake_twilio.opt_out_book import OptOutBook
from fake_twilio.phone_book import PhoneBook
from fake_twilio.scheduler import Scheduler
from fake_twilio.senders import Senders
from fake_twilio.service_book import ServiceBook
from fake_twilio.store import Store

ACCOUNT = Account("AC" + "0a" * 16, "0b" * 16)
SEED = 7


def make_engine(life: Timeline, clock: ManualClock, scheduler: Scheduler) -> Engine:
    """Return an engine in which every message lives through *life*."""
    scenario = Scenario(name="bench", about="a bench", numbers=(), rules=(), otherwise=life)
    numbers = PhoneBook(ACCOUNT.sid, SEED, clock, lambda: ())
    services = ServiceBook(ACCOUNT.sid, SEED, clock, lambda: ())
    applications = ApplicationBook(ACCOUNT.sid, SEED, clock, lambda: ())
    return Engine(
        account=lambda: ACCOUNT,
        scenario=lambda: scenario,
        seed=SEED,
        clock=clock,
        senders=Senders(ACCOUNT.sid, numbers, services, OptOutBook(clock), applications),
        store=Store(),
        scheduler=scheduler,
        deliver=lambda _webhook: None,
    )
