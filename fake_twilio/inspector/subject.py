"""What the inspector needs of a fake, besides what the admin API does."""

from typing import Protocol

from fake_twilio.accounts.directory import Directory
from fake_twilio.admin.control import Control
from fake_twilio.domain.messages.message import Message
from fake_twilio.inbound.inbox import AutoReply
from fake_twilio.messages.inventory import Inventory
from fake_twilio.records.feed import Feed


class Subject(Control, Protocol):
    """A fake that is looked at."""

    @property
    def url(self) -> str:
        """Where it answers."""

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
    def auto_replies(self) -> tuple[AutoReply, ...]:
        """What Twilio replied by itself."""

    @property
    def inventory(self) -> Inventory:
        """What all accounts have now."""

    @property
    def start_moment(self) -> float:
        """When this run began in its own time, in seconds since 1970."""

    def find(self, sid: str) -> Message | None:
        """Return a message of any account, ``None`` if there is none."""
