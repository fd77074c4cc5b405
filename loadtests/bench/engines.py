"""An engine without HTTP, for benches that ask it directly."""

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.accounts.opt_out_book import OptOutBook
from fake_twilio.accounts.phone_book import PhoneBook
from fake_twilio.accounts.senders import Senders
from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.delivery.status_teller import Deliver, StatusTeller
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.fate.outcome import Choice
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.messages.engine import Engine
from fake_twilio.messages.fates import Fates
from fake_twilio.records.incidents import Incidents
from fake_twilio.records.store import BOUND, Store
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler

ACCOUNT = Account("AC" + "0a" * 16, "0b" * 16)
SEED = 7


def make_engine(
    life: Choice,
    clock: ManualClock,
    scheduler: Scheduler,
    bound: int = BOUND,
    deliver: Deliver = lambda _webhook: None,
) -> Engine:
    """Return an engine in which every message lives through *life*, and that forgets none until it has *bound*.

    What becomes of its webhooks is left to *deliver*.
    """
    scenario = Scenario(name="bench", about="a bench", numbers=(), rules=(), otherwise=life)
    numbers = PhoneBook(ACCOUNT.sid, SEED, clock, lambda: ())
    services = ServiceBook(ACCOUNT.sid, SEED, clock, lambda: ())
    applications = ApplicationBook(ACCOUNT.sid, SEED, clock, lambda: ())
    incidents = Incidents(clock.now)
    teller = StatusTeller(
        seed=SEED,
        signer=lambda _sid: ACCOUNT.signer,
        clock=clock,
        scheduler=scheduler,
        deliver=deliver,
        wait_for=lambda _sid, _seconds: True,
        incidents=incidents,
    )
    return Engine(
        account=lambda: ACCOUNT,
        scenario=lambda: scenario,
        seed=SEED,
        clock=clock,
        senders=Senders(ACCOUNT.sid, numbers, services, OptOutBook(clock), applications),
        store=Store(bound),
        scheduler=scheduler,
        fates=Fates(seed=SEED, scenario=lambda: scenario, elapsed=lambda: clock.now(), incidents=incidents),
        teller=teller,
    )
