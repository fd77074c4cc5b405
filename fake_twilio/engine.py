"""Twilio's behaviour: a message is accepted, lives its life, is listed, changed and deleted.

One lock, held for a few lines; what is told to the customer leaves after it is released.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice, takewhile
from threading import Lock

from fake_twilio.clock import Clock
from fake_twilio.domain.account import Account
from fake_twilio.domain.creation import Submission, read_submission
from fake_twilio.domain.errors import refusal
from fake_twilio.domain.form import Form
from fake_twilio.domain.lifecycle import Status
from fake_twilio.domain.magic import test_code
from fake_twilio.domain.message import Change, Event, Message
from fake_twilio.domain.numbers import masked
from fake_twilio.domain.query import Cursor, Query
from fake_twilio.domain.scenario import Envelope, Refuse, Scenario, Step
from fake_twilio.domain.sids import make_sid, make_token
from fake_twilio.domain.validity import within_validity
from fake_twilio.phone_book import PhoneBook
from fake_twilio.scheduler import Scheduler
from fake_twilio.store import Store
from fake_twilio.webhooks import Webhook, is_told, status_webhook
from twilio_sms.domain.segments import count_segments

_log = logging.getLogger("fake_twilio")
DEFAULT_SENDER = "+15005550006"  # what a messaging service sends from in a world that lists no numbers


class Engine:
    """The messages of one account."""

    def __init__(
        self,
        *,
        account: Callable[[], Account],
        scenario: Scenario,
        seed: int,
        clock: Clock,
        store: Store,
        scheduler: Scheduler,
        deliver: Callable[[Webhook], None],
    ) -> None:
        self._account = account
        self.scenario = scenario
        self._seed = seed
        self.numbers = PhoneBook(account().sid, seed, clock, lambda: self.scenario.numbers)
        self._clock = clock
        self._store = store
        self._scheduler = scheduler
        self._deliver = deliver
        self._lock = Lock()
        self._requests = 0
        self._rehearsed = 0

    @property
    def account(self) -> Account:
        """The account as it is now: its token may have been rotated."""
        return self._account()

    @property
    def evicted(self) -> int:
        """How many messages were forgotten because the store was full."""
        with self._lock:
            return self._store.evicted

    def accept(self, form: Form) -> Message:
        """Take a message from its create form, or raise Twilio's `Refusal`."""
        now = self._clock.now()
        submission = read_submission(form, self.numbers.owns, now, self.scenario.contents)
        code = self.scenario.refusal_code(submission.to, submission.sender)
        if code is not None:
            raise self._refused(code, submission)
        rule = self.scenario.rule_for(self._envelope(submission))
        outcome = rule.then if rule else self.scenario.otherwise
        if isinstance(outcome, Refuse):
            raise self._refused(outcome.code, submission)
        with self._lock:
            now = self._clock.now()  # again, so that messages are stored in the order of their dates
            message = self._first_state(submission, now, outcome.steps, rule.name if rule else None)
            forgets = self._store.add(message)
        if forgets:
            _log.warning(
                "%s: the store is full, from now on the oldest finished messages are forgotten", message.account_sid
            )
        self._plan_next(message)
        return message

    def rehearse(self, form: Form) -> Message:
        """Answer a create form as Twilio's test credentials do: it is checked, and nothing is stored or told.

        Source: Twilio, "Test credentials".
        """
        now = self._clock.now()
        wanted = read_submission(form, lambda _sender: True, now, self.scenario.contents)
        code = test_code(wanted.to, wanted.sender)
        if code is not None:
            raise self._refused(code, wanted)
        with self._lock:
            self._rehearsed += 1
            sid = make_sid(wanted.sid_prefix, self._seed, self._rehearsed)
        return replace(self._first_state(wanted, now, (), None), sid=sid)

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
        self._tell(message)
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

    def next_request_id(self) -> str:
        """Return an id for a request that made no message; those have the digits of the message's SID."""
        with self._lock:
            self._requests += 1
            return make_sid("RQ", self._seed, -self._requests)

    def _advance(self, sid: str, steps_left: int) -> Event | None:
        """Take the next step of a message, unless it was canceled, deleted or moved on meanwhile."""
        with self._lock:
            message = self._store.find(sid)
            if message is None or message.status is Status.CANCELED or len(message.plan) != steps_left:
                return None
            message = message.moved(self._clock.now(), message.plan[0], self._sender(message.sender))
            self._store.replace(message)
        self._tell(message)
        self._plan_next(message)
        return Event(message.updated_at, message.sid, message.status, message.error_code)

    def _plan_next(self, message: Message) -> None:
        if not message.plan:
            return
        due = message.updated_at + message.plan[0].after_seconds
        self._scheduler.plan(due, partial(self._advance, message.sid, len(message.plan)))

    def _tell(self, message: Message) -> None:
        if is_told(message):
            token = make_token(self._seed, message.sid, len(message.timeline))
            self._deliver(status_webhook(message, self.account.auth_token, token))

    def _first_state(self, wanted: Submission, now: float, steps: tuple[Step, ...], rule: str | None) -> Message:
        status, plan = _beginning(wanted, now, within_validity(steps, wanted.validity_seconds))
        counted = count_segments(wanted.body, smart_encoding=wanted.smart_encoded)
        return Message(
            sid=make_sid(wanted.sid_prefix, self._seed, self._store.made()),
            account_sid=self.account.sid,
            service_sid=wanted.service_sid,
            to=wanted.to,
            sender=wanted.sender,
            body=counted.text,  # Twilio: the final text, with Smart Encoding's replacements
            media_urls=wanted.media_urls,
            status_callback=wanted.status_callback,
            direction="outbound-api",
            segments=counted.segments,
            created_at=now,
            updated_at=now,
            send_at=wanted.send_at,
            validity_seconds=wanted.validity_seconds,
            status=status,
            timeline=(Change(now, status),),
            plan=plan,
            rule=rule,
            options=wanted.options,
            notes=tuple(f"unknown parameter {name} was ignored" for name in wanted.unknown_parameters),
        )

    def _envelope(self, wanted: Submission) -> Envelope:
        return Envelope(to=wanted.to, sender=self._sender(wanted.sender), body=wanted.body)

    def _sender(self, sender: str | None) -> str:
        """Return *sender*, or the one that a messaging service chooses."""
        return sender or (self.scenario.numbers[0] if self.scenario.numbers else DEFAULT_SENDER)

    def _refused(self, code: int, wanted: Submission) -> Exception:
        return refusal(
            code,
            to=masked(wanted.to),
            account_sid=self.account.sid,
            **{"from": masked(self._sender(wanted.sender))},
        )

    def _found(self, sid: str) -> Message:
        message = self._store.find(sid)
        if message is None:
            raise LookupError(sid)
        return message


def _beginning(wanted: Submission, now: float, steps: tuple[Step, ...]) -> tuple[Status, tuple[Step, ...]]:
    """Return the first status and the steps to come: a messaging service takes a message before it queues it."""
    if wanted.send_at is not None:
        return Status.SCHEDULED, (Step(Status.QUEUED, wanted.send_at - now), *steps)
    if wanted.sender is None:
        return Status.ACCEPTED, (Step(Status.QUEUED, 0.0), *steps)
    return Status.QUEUED, steps
