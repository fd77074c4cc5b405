"""An opt-out list in Redis, for many machines: append-only, provable, and durable if Redis is.

Whether Redis is (`redis_durability`) is asked first, and again after each outage, since a server that was started anew
may be set otherwise. What was once read cannot become less: if the list is shorter than this process saw it, Redis lost
some of it, and nobody may be sent to until it is restored. A process that begins with an empty list cannot tell that
from a new one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Lock

from twilio_sms.domain.opt_out import OptOutEvent, newest
from twilio_sms.domain.review import Review
from twilio_sms.errors import Evidence, OptOutUnknownError, ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.stores.opt_out_chain import GENESIS, Audit, Link, follow, from_record
from twilio_sms.stores.opt_out_rows import damaged
from twilio_sms.stores.redis_durability import OPT_OUTS, DurableServer
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_opt_out_rows import APPEND, INDEX, PAGE, ROWS_OF, Rows, to_json
from twilio_sms.stores.redis_reviews import RedisReviews
from twilio_sms.stores.redis_script import Script
from twilio_sms.stores.redis_server import RedisGone, RedisServer

_PAGE_ROWS = 1000
_TRIES = 100  # each time another process wrote in between: it got on, if this one did not
_AGAIN = Evidence(repeatable=True, attempts=0)


class RedisOptOuts:
    """The opt-outs of one brand; any number of threads and processes may share them.

    Raises `ValidationError` if this Redis may lose what it is given, unless *allow_loss* says that it may: for tests
    and development. All methods raise `OptOutUnknownError` if the list cannot be read or written, or is damaged.
    """

    def __init__(self, server: RedisServer, keys: Keys, *, allow_loss: bool = False) -> None:
        self._server = server
        self._keys = keys
        self._key = keys.named("events")
        durable = DurableServer(server, OPT_OUTS, OptOutUnknownError, allow_loss=allow_loss)
        self._run = durable.run
        self._reviews = RedisReviews(durable.run, keys.named("reviews"))
        self._least_rows = 0
        self.begin_anew()
        tell_of_forks(self)
        with suppress(RedisGone):  # then it is asked before anything is read or written
            durable.check(ValidationError)

    def begin_anew(self) -> None:
        self._lock = Lock()

    def append(self, *events: OptOutEvent) -> int:
        """Record *events*, all or none; return how many were new. One that is there already is left out."""
        with self._told("written"):
            for _ in range(_TRIES):
                rows = self._rows_of({event.number for event in events}, insist=True)
                new = _new_links(rows, events)
                if not new or self._append(rows, new):
                    return len(new)
        raise OptOutUnknownError("the opt-out list is written to all the time: try again", _AGAIN)

    def events(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return all events of *number* (E.164) as they were recorded."""
        with self._told("read"):
            links = self._rows_of({number}, insist=False).links()
            return tuple(from_record(link.record) for link in links if link.record[0] == number)

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return the newest event of *number* (E.164) for each scope and conversation."""
        return newest(self.events(number))

    def all(self) -> Iterator[OptOutEvent]:
        """Yield every event in the order of recording."""
        for page in self._pages():
            with self._told("read"):
                events = [from_record(link.record) for link in page.links()]
            yield from events

    def head(self) -> str:
        """Return the digest of the last event, which stands for the whole list; keep it elsewhere to audit it by."""
        with self._told("read"):
            return self._rows_of((), insist=False).head

    def verify(self) -> int | None:
        """Check the whole list; return its first row that is missing, changed or hidden, or ``None``.

        The row after the last one stands for an end that is not the one that was written.
        """
        audit, head, end = Audit(), GENESIS, GENESIS
        for page in self._pages():
            links = list(page.whole_links())
            for link, rows in zip(links, self._index(links), strict=True):
                if str(link.row) not in rows.split(",") or not audit.passes(link):
                    return audit.row
                head = link.digest
            if len(links) < len(page.texts):
                return audit.row
            end = page.head
        return None if head == end else audit.row

    def add_review(self, review: Review) -> bool:
        """Put *review* on the review list; return whether its message was not there yet."""
        with self._told("written"):
            return self._reviews.add(review)

    def reviews(self) -> tuple[Review, ...]:
        """Return all reviews, oldest first, settled ones too."""
        with self._told("read"):
            return self._reviews.all()

    def settle_review(self, sid: str, moment: datetime, actor: str | None, note: str | None) -> bool:
        """Note that *actor* settled the review of message *sid*; return whether there is an open one."""
        with self._told("written"):
            return self._reviews.settle(sid, moment, actor, note)

    def _rows_of(self, numbers: Iterable[str], *, insist: bool) -> Rows:
        return self._not_less(ROWS_OF, *map(self._keys.digest, numbers), insist=insist)

    def _append(self, rows: Rows, new: list[Link]) -> bool:
        """Write *new* after *rows*; return false if another process wrote meanwhile."""
        texts = [text for link in new for text in (self._keys.digest(link.record[0]), to_json(link))]
        is_written = self._run(APPEND, [self._key], rows.count, rows.head, new[-1].digest, *texts, insist=True)
        if is_written:
            self._note(new[-1].row)
        return is_written

    def _pages(self) -> Iterator[Rows]:
        first, count = 1, 1
        while first <= count:
            with self._told("read"):
                page = self._not_less(PAGE, first, first + _PAGE_ROWS - 1, insist=False)
            yield page
            first, count = first + _PAGE_ROWS, page.count

    def _index(self, links: list[Link]) -> list[str]:
        """Return the rows that are found for the telephone of each of *links*."""
        with self._told("read"):
            numbers = [self._keys.digest(link.record[0]) for link in links]
            return self._run(INDEX, [self._key], *numbers, insist=False)

    def _not_less(self, script: Script[Rows], *arguments: str | int, insist: bool) -> Rows:
        """Read rows of a list that is as long as it was, or longer."""
        least = self._least_rows  # from before the reading: a later one may come back earlier
        rows = self._run(script, [self._key], *arguments, insist=insist)
        if rows.count < least:
            raise damaged()
        self._note(rows.count)
        return rows

    def _note(self, rows: int) -> None:
        """Keep in mind how long the list is at least, whoever's answer comes last."""
        with self._lock:
            self._least_rows = max(self._least_rows, rows)

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        """Turn what Redis says, and what cannot be read, into the one error of a list."""
        try:
            yield
        except RedisGone as trouble:
            raise OptOutUnknownError(f"the opt-out list in Redis cannot be {done}: {trouble}", _AGAIN) from trouble
        except (ValueError, TypeError) as error:
            raise damaged() from error


def _new_links(rows: Rows, events: Sequence[OptOutEvent]) -> list[Link]:
    """Return those of *events* that *rows* do not have, as the rows that follow."""
    known = {from_record(link.record).identity for link in rows.links()}
    links: list[Link] = []
    for event in events:
        if event.identity not in known:
            known.add(event.identity)
            previous = links[-1].digest if links else rows.head
            links.append(follow(rows.count + len(links) + 1, previous, event))
    return links
