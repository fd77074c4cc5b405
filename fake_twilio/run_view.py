"""What is seen of a run: its messages, webhooks, opt-outs, alerts, and what went wrong."""

from collections.abc import Mapping

from fake_twilio.accounts.directory import Directory
from fake_twilio.accounts.opt_out_book import OptIn, OptOut
from fake_twilio.delivery.replays import Waiting
from fake_twilio.delivery.webhook import Delivery, Webhook
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.messages.inventory import Inventory
from fake_twilio.records.incidents import Incident
from fake_twilio.records.request_log import SeenRequest
from fake_twilio.world import World


class RunView:
    """The run of the moment, read only; whoever is looked at puts another world in its place at a reset."""

    account_sid: str  # the main account
    _world: World

    @property
    def auth_token(self) -> str:
        """The primary auth token of the moment: it lets the account in, and signs."""
        return self._world.directory.get(self.account_sid).auth_token

    @property
    def signing_keys(self) -> tuple[SigningKey, ...]:
        """The shared keys that are alive; the last one signs."""
        return self._world.directory.get(self.account_sid).signing_keys

    @property
    def directory(self) -> Directory:
        """The accounts of this run, with their tokens and keys."""
        return self._world.directory

    @property
    def seed(self) -> int:
        """What this run's SIDs come from; the same seed gives the same run."""
        return self._world.seed

    @property
    def start_moment(self) -> float:
        """When this run began in its own time, in seconds since 1970."""
        return self._world.start

    @property
    def now(self) -> float:
        """What time it is in this run, in seconds since 1970."""
        return self._world.clock.now()

    @property
    def scenario_name(self) -> str:
        """The name of the scenario that decides now."""
        return self._world.engine.scenario.name

    @property
    def scenario(self) -> Scenario:
        """The scenario that decides now."""
        return self._world.realm.scenario

    @property
    def messages(self) -> tuple[Message, ...]:
        """All messages, those of subaccounts included, in the order in which they were made."""
        return self._world.realm.messages()

    def find(self, sid: str) -> Message | None:
        """Return a message of any account by its SID, ``None`` if there is none."""
        return self._world.realm.find(sid)

    @property
    def inventory(self) -> Inventory:
        """What all accounts have now: keys, numbers, services, and how full the queue of each sender is."""
        return self._world.realm.inventory()

    @property
    def evicted(self) -> int:
        """How many messages were forgotten, the oldest finished ones, because an account holds 100,000 at most."""
        return self._world.realm.evicted

    @property
    def callbacks(self) -> tuple[Delivery, ...]:
        """What was requested of the customer, each attempt and redirect of its own, in the order in which it ended."""
        return self._world.courier.deliveries()

    def callbacks_since(self, mark: int) -> tuple[int, tuple[Delivery, ...]]:
        """Return a new mark, and the requests that ended since an earlier one and are still remembered; 0 tells all."""
        return self._world.courier.since(mark)

    @property
    def pending(self) -> tuple[Webhook, ...]:
        """Webhooks that are queued or under way."""
        return self._world.courier.pending()

    @property
    def replays(self) -> tuple[Waiting, ...]:
        """Replays that wait for their moment, the first to come first."""
        return self._world.replays.waiting()

    @property
    def rules_taken(self) -> Mapping[str | None, int]:
        """How often each rule was taken since the scenario began to decide; ``None`` stands for its defaults."""
        return self._world.realm.fates.taken()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What Twilio's debugger would show of the customer's answers, to status callbacks too; the last 10,000."""
        return self._world.alerts.all()

    @property
    def opt_outs(self) -> tuple[OptOut, ...]:
        """Who opted out of hearing from which number or service, in all accounts."""
        return self._world.realm.opt_outs()

    @property
    def opt_ins(self) -> tuple[OptIn, ...]:
        """Which opt-outs were lifted by hand, in all accounts; one that a word ended stands among the messages."""
        return self._world.realm.opt_ins()

    @property
    def auto_replies(self) -> tuple[AutoReply, ...]:
        """What Twilio replied by itself to STOP, START and HELP, the last 10,000; no messages of the account."""
        return self._world.inbox.auto_replies()

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """What was refused, and what went wrong because the scenario wanted it to; the last 10,000."""
        return self._world.incidents.all()

    @property
    def requests(self) -> tuple[SeenRequest, ...]:
        """The requests to Twilio's API that were answered, without numbers and texts; the last 10,000."""
        return self._world.requests.all()
