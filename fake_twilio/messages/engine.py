"""Twilio's behaviour: a message is accepted, lives its life, is listed, changed and deleted.

One lock, held for a few lines; what is told to the customer leaves after it is released. Another one is held for a step
and what is told of it, so that who hurries a message and who moves the time do not overtake each other.
"""

import logging
from collections.abc import Callable
from functools import partial
from itertools import islice, takewhile
from threading import Lock

from fake_twilio.accounts.sender_queues import QueueFill, SenderQueues, fills
from fake_twilio.accounts.senders import Senders
from fake_twilio.delivery.status_teller import StatusTeller
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.fate.chaos import CALM, Mischief
from fake_twilio.domain.fate.faults import Fault
from fake_twilio.domain.fate.lifecycle import Status, may_follow
from fake_twilio.domain.fate.outcome import Refuse
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.birth import BY_API, Fate, Occasion, new_message
from fake_twilio.domain.messages.creation import AnySenders, Submission, read_submission
from fake_twilio.domain.messages.message import Event, Message, Twist
from fake_twilio.domain.messages.query import Cursor, Query
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.magic import test_code
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.errors import Refusal, refusal, refused_by
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.numbers import masked
from fake_twilio.domain.values.sids import make_sid
from fake_twilio.messages.fates import Fates, Verdict
from fake_twilio.records.store import Store
from fake_twilio.timing.clock import Clock
from fake_twilio.timing.scheduler import Scheduler

_log = logging.getLogger("fake_twilio")
ACCOUNT_SUSPENDED, OPTED_OUT = 30002, 21610
WAITING = (Status.SCHEDULED, Status.ACCEPTED)  # for their turn to be queued


class Engine:
    """The messages of one account."""

    def __init__(
        self,
        *,
        account: Callable[[], Account],
        scenario: Callable[[], Scenario],
        seed: int,
        clock: Clock,
        senders: Senders,
        store: Store,
        scheduler: Scheduler,
        fates: Fates,
        teller: StatusTeller,
        notify: Callable[[Message], None] = lambda _message: None,
    ) -> None:
        self._account = account
        self._account_sid = account().sid  # all else about it may change
        self._scenario = scenario
        self._seed = seed
        self.senders = senders
        self._clock = clock
        self._store = store
        self._scheduler = scheduler
        self._fates = fates
        self._teller = teller
        self._queues = SenderQueues()
        self._notify = notify  # of each status that a message took
        self._lock = Lock()
        self._stepping = Lock()  # of a message from one status to the next
        self._requests = 0
        self._rehearsed = 0

    @property
    def account(self) -> Account:
        """The account as it is now: its token may have been rotated."""
        return self._account()

    @property
    def scenario(self) -> Scenario:
        """The scenario that decides now."""
        return self._scenario()

    @property
    def evicted(self) -> int:
        """How many messages were forgotten because the store was full."""
        with self._lock:
            return self._store.evicted

    def accept(self, form: Form, occasion: Occasion = BY_API) -> Message:
        """Take a message from its create form, or raise Twilio's `Refusal`."""
        wanted = read_submission(form, self.senders, self._clock.now(), self.scenario.contents)
        fate = self._fate(wanted, is_request=occasion is BY_API)
        make = partial(new_message, wanted, fate, account_sid=self._account_sid, occasion=occasion)
        return self.begin(wanted.sid_prefix, make)

    def begin(self, sid_prefix: str, make: Callable[..., Message]) -> Message:
        """Remember the message that *make* returns for a ``sid`` and ``now``, and let it live as it plans to."""
        with self._lock:
            now = self._clock.now()  # again, so that messages are stored in the order of their dates
            message = self._lined_up(make(sid=make_sid(sid_prefix, self._seed, self._store.made()), now=now))
            forgets = self._store.add(message)
        if forgets:
            _log.warning(
                "%s: the store is full, from now on the oldest finished messages are forgotten", message.account_sid
            )
        self._plan_next(message, message.updated_at)
        return message

    def hasten(self, message: Message) -> Message:
        """Have the first callback of a message reach the customer now, if the scenario wants it before the answer.

        A scheduled message is left alone: its first callback is not due before it is sent.
        """
        wants = message.twist is not None and message.twist.chaos.has(Mischief.BEFORE_RESPONSE)
        if not wants or not message.status_callback or message.status is Status.SCHEDULED:
            return message
        while message.plan and not self._teller.has_begun(message):
            now = self._hurried(message)
            if now is None:  # forgotten meanwhile
                return message
            message = now
        self._teller.await_told(message)
        return message

    def rehearse(self, form: Form) -> Message:
        """Answer a create form as Twilio's test credentials do: it is checked, and nothing is stored or told.

        Source: Twilio, "Test credentials".
        """
        now = self._clock.now()
        wanted = read_submission(form, AnySenders(), now, self.scenario.contents)
        code = test_code(wanted.to, wanted.sender)
        if code is not None:
            raise self._refused(Refuse(code), wanted)
        with self._lock:
            self._rehearsed += 1
            sid = make_sid(wanted.sid_prefix, self._seed, self._rehearsed)
        return new_message(wanted, Fate(), sid=sid, account_sid=self._account_sid, now=now)

    def get(self, sid: str) -> Message | None:
        """Return the message, ``None`` if there is none."""
        with self._lock:
            return self._store.find(sid)

    def found(self, sid: str) -> Message:
        """Return the message; raise `LookupError` if there is none."""
        with self._lock:
            return self._found(sid)

    def messages(self) -> tuple[Message, ...]:
        """Return all messages, in the order of their making."""
        with self._lock:
            return tuple(self._store.oldest_first())

    def queues(self) -> tuple[QueueFill, ...]:
        """Return how full the queue of each sender is that sent lately; none where the scenario paces nobody."""
        limits = self._scenario().limits
        if not limits.paces_senders:
            return ()
        with self._lock:
            free_at, now = self._queues.free_at(), self._clock.now()
        return tuple(fills(free_at, limits, now))

    def page(self, query: Query, size: int, cursor: Cursor) -> list[Message]:
        """Return up to *size* messages that *query* wants, newest first, on the cursor's side of its message."""
        with self._lock:
            if cursor.sid is not None and not self._store.knows(cursor.sid):
                raise refusal(21481)
            if cursor.is_backward:
                newer = self._store.oldest_first(to=query.to, sender=query.sender, newer_than=cursor.sid)
                return list(islice(filter(query.matches, takewhile(query.may_follow, newer)), size))[::-1]
            older = self._store.newest_first(to=query.to, sender=query.sender, older_than=cursor.sid)
            return list(islice(filter(query.matches, older), size))

    def cancel(self, sid: str) -> Message:
        """Cancel a scheduled message; any other is refused (30409)."""
        with self._lock:
            message = self._found(sid)
            if message.status is not Status.SCHEDULED:
                raise refusal(30409)
            message = message.moved(self._clock.now(), Step(Status.CANCELED, 0), None)
            self._store.replace(message)
        self._teller.tell(message)
        return message

    def redact(self, sid: str) -> Message:
        """Empty the text of a message."""
        return self.amend(sid, Message.redacted)

    def amend(self, sid: str, change: Callable[[Message, float], Message]) -> Message:
        """Remember what *change* makes of a message and of the moment; raise `LookupError` if there is no message."""
        with self._lock:
            message = change(self._found(sid), self._clock.now())
            self._store.replace(message)
            return message

    def delete(self, sid: str) -> None:
        """Forget a message that is not in flight (20009)."""
        with self._lock:
            if self._found(sid).is_in_flight:
                raise refusal(20009)
            self._store.remove(sid)

    def forget(self, wanted: Callable[[Message], bool]) -> list[str]:
        """Forget the messages that are *wanted*, in flight or not, and return their SIDs; what they planned is void."""
        with self._lock:
            sids = [message.sid for message in self._store.oldest_first() if wanted(message)]
            for sid in sids:
                self._store.remove(sid)
        self._teller.forget(frozenset(sids))
        return sids

    def next_request_id(self) -> str:
        """Return an id for a request that made no message; those have the digits of the message's SID."""
        with self._lock:
            self._requests += 1
            return make_sid("RQ", self._seed, -self._requests)

    def _hurried(self, message: Message) -> Message | None:
        """Have the next step of a message happen now; return it as it is then and all is told, if it is still there."""
        with self._stepping:
            self._step(message.sid, len(message.plan), self._clock.now())
            return self.get(message.sid)

    def _advance(self, sid: str, steps_left: int, due: float) -> Event | None:
        with self._stepping:
            return self._step(sid, steps_left, due)

    def _step(self, sid: str, steps_left: int, due: float) -> Event | None:
        """Take the step of a message that is *due*, unless it was canceled, deleted or moved on meanwhile."""
        with self._lock:
            message = self._store.find(sid)
            if message is None or message.status is Status.CANCELED or len(message.plan) != steps_left:
                return None
            step, sender = self._next(message)
            message = self._lined_up(message.moved(self._clock.now(), step, sender))
            self._store.replace(message)
        self._teller.tell(message)
        self._notify(message)
        is_queued = message.status is Status.QUEUED  # its wait was counted from now
        self._plan_next(message, message.updated_at if is_queued else due)
        return Event(message.updated_at, message.sid, message.status, message.error_code)

    def _next(self, message: Message) -> tuple[Step, str | None]:
        """Return what comes next and who sends; the message fails if the account may not, or the service has nobody."""
        if not self.account.is_usable and may_follow(message.status, Status.FAILED):
            return Step(Status.FAILED, 0.0, ACCOUNT_SUSPENDED), message.sender
        sender = message.sender or message.intended_sender
        if message.status in WAITING and self.senders.is_opted_out(message.to, sender, message.service_sid):
            return Step(Status.FAILED, 0.0, OPTED_OUT), message.sender
        if message.sender is not None:
            return message.plan[0], message.sender
        try:
            return message.plan[0], self.senders.choose(message.service_sid or "", message.to, message.intended_sender)
        except Refusal as nobody:
            return Step(Status.FAILED, 0.0, nobody.code), None

    def _lined_up(self, message: Message) -> Message:
        """Return the message with its wait in the queue of its sender, if it was queued just now and has to wait."""
        limits = self._scenario().limits
        if not limits.paces_senders or message.status is not Status.QUEUED:
            return message
        return self._queues.line_up(message, limits)

    def _plan_next(self, message: Message, since: float) -> None:
        """Plan the next step, counted from when the last one was due: that time ran on meanwhile does not add up."""
        if not message.plan:
            return
        due = since + message.plan[0].after_seconds
        self._scheduler.plan(due, partial(self._advance, message.sid, len(message.plan), due))

    def _fate(self, wanted: Submission, *, is_request: bool) -> Fate:
        """Return what the scenario has in store for a message, or raise Twilio's refusal, or a fault that hides it."""
        code = self.scenario.refusal_code(wanted.to, wanted.sender)
        if code is not None:
            raise self._refused(Refuse(code), wanted)
        sender = wanted.sender or self._chosen(wanted.service_sid, wanted.to)
        if wanted.send_at is None and self.senders.is_opted_out(wanted.to, sender, wanted.service_sid):
            raise self._refused(Refuse(OPTED_OUT), wanted)
        verdict = self._fates.of_message(self._envelope(wanted, sender))
        refuse = verdict.outcome.refusal
        error = self._refused(refuse, wanted) if refuse else None
        if error is not None and not is_request:
            raise error
        fault = verdict.check_stopped(error) if is_request else None
        return Fate(
            steps=verdict.steps,
            rule=verdict.rule,
            ordinal=verdict.ordinal,
            twist=_twist(verdict, fault),
            intended_sender=sender,
        )

    def _envelope(self, wanted: Submission, sender: str | None) -> Envelope:
        return Envelope(
            to=wanted.to,
            sender=sender or "",
            body=wanted.body,
            service_sid=wanted.service_sid or "",
            account_sid=self._account_sid,
            media=len(wanted.media_urls),
            is_smart=wanted.smart_encoded,
        )

    def _chosen(self, service_sid: str | None, to: str) -> str | None:
        """Return who will write to *to* for a service; none if it has nobody, which shows when it is to be queued."""
        try:
            return self.senders.choose(service_sid or "", to)
        except Refusal:
            return None

    def _refused(self, refuse: Refuse, wanted: Submission) -> Refusal:
        return refused_by(
            refuse,
            to=masked(wanted.to),
            account_sid=self._account_sid,
            **{"from": masked(wanted.sender or "")},
        )

    def _found(self, sid: str) -> Message:
        message = self._store.find(sid)
        if message is None:
            raise LookupError(sid)
        return message


def _twist(verdict: Verdict, fault: Fault | None) -> Twist | None:
    """Return what happens to a message besides its statuses, if anything does; *fault* is what its answer meets."""
    chaos = verdict.outcome.chaos or CALM
    reply = verdict.outcome.reply
    is_plain = fault is None and reply is None and not chaos.tricks
    return None if is_plain else Twist(chaos=chaos, fault=fault, reply=reply)
