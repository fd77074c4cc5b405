"""Who must not be texted: the face of the opt-out list.

There are three answers: allowed, blocked, unknown. Unknown is no. An opt-out counts for the whole brand, that is for
every sender that uses this list, unless a narrower scope is asked for: a recipient revokes towards the caller, not
towards one of its numbers (47 CFR 64.1200(a)(10)), while Twilio stops only the one number or service.

Nothing is ever deleted, since a block that is forgotten is a block that ends. Not legal advice.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TextIO, Unpack

from twilio_sms.abilities import A_FUNCTION, CLOCK, Wanted, check_parts
from twilio_sms.clock import Clock
from twilio_sms.compliance.opt_out_cache import OptOutCache
from twilio_sms.domain.number_key import number_key
from twilio_sms.domain.settings import check_count, check_duration
from twilio_sms.errors import Evidence, LocalOptOutError, OptOutUnknownError
from twilio_sms.first_use import FirstUse
from twilio_sms.redaction import mask

if TYPE_CHECKING:  # to send needs none of it, as long as nobody opted out
    from twilio_sms.compliance.conversations import StopReach
    from twilio_sms.compliance.inbound_rules import InboundRules, Outcome, ReadDate
    from twilio_sms.compliance.opt_out_journal import OptOutJournal, Statement
    from twilio_sms.compliance.opt_out_store import OptOutStore
    from twilio_sms.domain.inbound_text import InboundText
    from twilio_sms.domain.opt_out import MaySend, OptOutEvent
    from twilio_sms.domain.review import Review
    from twilio_sms.domain.scope import Scope

_PARTS = {
    "store": Wanted(("current", "append"), "a store such as SqliteOptOuts(path)"),
    "clock": CLOCK,
    "read_date_created": Wanted(A_FUNCTION, "a function of a message SID"),
}
_IMPORTED_AT_ONCE = 1000  # a STOP that comes meanwhile waits for no more


class OptOuts:
    """The opt-outs of one brand; safe for threads and forks.

    *store* keeps them. *cache_seconds* is how long an answer is taken from memory: it bounds how late a STOP is seen
    that another process recorded; 0 asks the store each time. *read_date_created* returns the ``date_created`` of a
    message; without it no text opts anybody in. *stop_reach* says how far a STOP by text reaches, and one that Twilio
    reports: ``"brand"``, if it is not said, or ``"conversation"``. Raises `ValidationError` for settings that cannot
    work.

    Numbers come as E.164, with or without a channel (``whatsapp:``), spaces and the like. Every method raises
    `ValidationError` for what is no number, and `OptOutUnknownError` if the store cannot be read or written.
    """

    def __init__(
        self,
        store: "OptOutStore",
        clock: Clock,
        *,
        cache_seconds: float = 1.0,
        cached_numbers: int = 100_000,
        read_date_created: "ReadDate | None" = None,
        stop_reach: "StopReach | Literal['brand', 'conversation'] | None" = None,
    ) -> None:
        check_parts({"store": store, "clock": clock, "read_date_created": read_date_created}, _PARTS)
        check_duration("cache_seconds", cache_seconds, may_be_zero=True)
        check_count("cached_numbers", cached_numbers)
        self._store = store
        self._stop_reach = stop_reach if stop_reach is None else _reach_of(stop_reach)
        self._clock = clock
        self._cache = OptOutCache(store, clock, cache_seconds, cached_numbers)
        self._read_date_created = read_date_created
        self._journal = FirstUse(self._make_journal, on_kept=lambda _journal: None).get
        self._inbound = FirstUse(self._make_inbound, on_kept=lambda _inbound: None).get

    def check(self, recipient: str, sender: str | None, service: str | None, *, fresh: bool = False) -> None:
        """Raise `LocalOptOutError` if *recipient* opted out of *sender*, of *service* or of the brand.

        Raises `OptOutUnknownError` if that cannot be told. *fresh* asks the store past the cache.
        """
        block = self._find_block(recipient, sender, service, fresh=fresh)
        if block is not None:
            raise _refusal(block)

    def may_send(
        self, recipient: str, sender: str | None = None, service: str | None = None, *, fresh: bool = False
    ) -> "MaySend":
        """Return whether a message may be sent; like `check`, but unknown is an answer too."""
        from twilio_sms.domain.opt_out import MaySend

        try:
            block = self._find_block(recipient, sender, service, fresh=fresh)
        except OptOutUnknownError:
            return MaySend.UNKNOWN
        return MaySend.ALLOWED if block is None else MaySend.BLOCKED

    def is_opted_out(self, number: str, sender: str | None = None, service: str | None = None) -> bool:
        """Return whether *number* opted out of the brand or, if one is given, of *sender* or *service*."""
        return self._find_block(number, sender, service, fresh=False) is not None

    def add(self, number: str, scope: "Scope | None" = None, **statement: "Unpack[Statement]") -> bool:
        """Opt *number* out of *scope*, by default of the brand; return whether that is new.

        Without *evidence* each call is a new event; with the same evidence a second one is the same event.
        """
        return self._journal().opt_out(number, scope, statement)

    def remove(self, number: str, scope: "Scope | None" = None, **statement: "Unpack[Statement]") -> bool:
        """Opt *number* in again to *scope* (the brand), to nothing narrower or wider; return whether that is new.

        Only for who asked for it: keep the proof in *evidence*, *actor* and *note*. Opt-outs after *at* stay.
        """
        return self._journal().opt_in(number, scope, statement)

    def receive(self, text: "InboundText") -> "Outcome":
        """Record what an inbound text asks for and return what that was; answer the webhook after it, or with 5xx.

        Twilio's words and the FCC's opt out, and so do common phrases; START, UNSTOP and YES opt in if they are signed
        and newer; what is doubtful goes to `reviews`.
        """
        return self._inbound().receive(text)

    def learn_from_twilio(
        self,
        recipient: str,
        sender: str | None,
        service: str | None,
        *,
        evidence: str | None = None,
        at: datetime | None = None,
    ) -> bool:
        """Record that Twilio refused a message with 21610: the recipient said STOP, and this list missed it.

        It reaches as far as the STOP would have reached. *at* is when the refused request began, by default now; a
        START since then stays newer. Returns whether that is new.
        """
        statement: Statement = {"source": "twilio-21610", "evidence": evidence, "at": at}
        return self._journal().learn_from_twilio(recipient, sender, service, statement)

    def history(self, number: str) -> "tuple[OptOutEvent, ...]":
        """Return every event of *number*, in the order of recording."""
        return self._store.events(number_key(number))

    def reviews(self) -> "tuple[Review, ...]":
        """Return the texts that wait for a person, oldest first."""
        return tuple(review for review in self._store.reviews() if not review.is_settled)

    def settle_review(self, sid: str, *, actor: str | None = None, note: str | None = None) -> bool:
        """Take the text of message *sid* off the list; return whether it was on it. `add` or `remove` comes first."""
        return self._store.settle_review(sid, self._clock.now(), actor, note)

    def verify(self) -> int | None:
        """Return the first event, from 1, that is not as it was recorded, or ``None``."""
        return self._store.verify()

    def head(self) -> str:
        """Return the digest that stands for the whole list; kept elsewhere, it shows that nothing was cut off."""
        return self._store.head()

    def export_csv(self, file: TextIO) -> int:
        """Write every event to *file*, opened with ``newline=""``, and return how many: see `opt_out_files`."""
        from twilio_sms.compliance.opt_out_files import write_csv

        return write_csv(self._store.all(), file)

    def import_csv(self, file: Iterable[str], *, actor: str | None = None) -> int:
        """Record the events of a CSV file and return how many were new: see `opt_out_files`.

        Raises `ValidationError` that tells every bad line; then nothing was imported.
        """
        from twilio_sms.compliance.opt_out_files import Import, read_csv

        journal = self._journal()
        events = read_csv(file, Import(journal.now(), actor, journal.past))
        starts = range(0, len(events), _IMPORTED_AT_ONCE)
        return sum(journal.record(*events[start : start + _IMPORTED_AT_ONCE]) for start in starts)

    def _make_journal(self) -> "OptOutJournal":
        from twilio_sms.compliance.conversations import StopReach
        from twilio_sms.compliance.opt_out_journal import OptOutJournal

        return OptOutJournal(self._store, self._cache, self._clock, self._stop_reach or StopReach.BRAND)

    def _make_inbound(self) -> "InboundRules":
        from twilio_sms.compliance.inbound_rules import InboundRules  # its words take longer to load than to send

        return InboundRules(self._store, self._journal(), self._read_date_created)

    def _find_block(
        self, recipient: str, sender: str | None, service: str | None, *, fresh: bool
    ) -> "OptOutEvent | None":
        """Return what forbids the message. A block that was known stays one while the store cannot be read."""
        number = number_key(recipient)
        try:
            current = self._cache.ask(number) if fresh else self._cache.current(number)
        except OptOutUnknownError:
            block = _find(self._cache.last_known(number), sender, service)
            if block is None:
                raise
            return block
        return _find(current, sender, service)


def _find(current: "tuple[OptOutEvent, ...]", sender: str | None, service: str | None) -> "OptOutEvent | None":
    if not current:
        return None
    from twilio_sms.domain.opt_out import find_block

    return find_block(current, sender, service)


def _reach_of(word: str) -> "StopReach":
    from twilio_sms.compliance.conversations import read_reach

    return read_reach(word)


def _refusal(block: "OptOutEvent") -> LocalOptOutError:
    number = mask(block.number)
    return LocalOptOutError(
        f"{number} opted out of {block.scope!r} on {block.event_time:%Y-%m-%d %H:%M} UTC ({block.source}):"
        " send again only after an opt-in",
        Evidence(recipient=number, attempts=0),
    )
