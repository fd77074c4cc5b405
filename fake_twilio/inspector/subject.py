"""What the inspector needs of a fake, besides what the admin API does."""

from collections.abc import Mapping
from typing import Protocol

from fake_twilio.accounts.directory import Directory
from fake_twilio.accounts.opt_out_book import OptIn
from fake_twilio.admin.control import Control
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.messages.inventory import Inventory
from fake_twilio.records.feed import Feed
from fake_twilio.records.incidents import Incident


class Subject(Control, Protocol):
    """A fake that is looked at."""

    @property
    def url(self) -> str:
        """Where it answers."""

    @property
    def is_guarded(self) -> bool:
        """Whether its own API asks for a token."""

    @property
    def auth_token(self) -> str:
        """The main account's token of the moment."""

    @property
    def directory(self) -> Directory:
        """Its accounts; they hold secrets."""

    @property
    def feed(self) -> Feed:
        """Which messages changed lately."""

    @property
    def opt_ins(self) -> tuple[OptIn, ...]:
        """Which opt-outs were lifted by hand."""

    @property
    def auto_replies(self) -> tuple[AutoReply, ...]:
        """What Twilio replied by itself."""

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """What was refused, and what went wrong because the scenario wanted it to."""

    @property
    def inventory(self) -> Inventory:
        """What all accounts have now."""

    @property
    def rules_taken(self) -> Mapping[str | None, int]:
        """How often each rule was taken, and the defaults, since the scenario began to decide."""

    @property
    def start_moment(self) -> float:
        """When this run began in its own time, in seconds since 1970."""
