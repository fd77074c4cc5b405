"""Messages that people send to the numbers of the accounts: who gets them, and what Twilio does before it tells.

Sources: Twilio, "Twilio's request to your incoming message Webhook URL", support article 223134027 (opt-outs); OpenAPI
file of messaging.twilio.com. Inferred: a service that receives nothing still sees opt-out words, and a suspended
account is not told.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock

from fake_twilio.accounts.phone_book import PhoneBook
from fake_twilio.domain.accounts.service import Service
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.inbound.hook import hook_of, is_deaf
from fake_twilio.domain.inbound.inbound import check_inbound, inbound_form
from fake_twilio.domain.inbound.opt_outs import Word, reply_to, word_to
from fake_twilio.domain.messages.birth import received_message
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.persona import Persona
from fake_twilio.domain.values.logged import printable
from fake_twilio.domain.values.numbers import can_receive, is_toll_free
from fake_twilio.inbound.conversation import Conversation
from fake_twilio.inbound.geography import Geography
from fake_twilio.messages.engine import Engine
from fake_twilio.timing.clock import Clock
from fake_twilio.timing.postponed import Postponed
from fake_twilio.timing.scheduler import Scheduler

MAX_AUTO_REPLIES = 10_000
_log = logging.getLogger("fake_twilio")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AutoReply:
    """What Twilio replied by itself to an opt-out word, free of charge; no message of the account (inferred)."""

    at: float  # seconds since 1970
    sender: str
    to: str
    body: str
    message_sid: str | None  # of the message that it replies to; none if that was not stored

    def __repr__(self) -> str:
        return f"<AutoReply from {printable(self.sender)} to {printable(self.to)} at {self.at:.3f}>"


class Inbox:
    """Takes messages for every account; *engine* names that of an account."""

    def __init__(
        self,
        *,
        seed: int,
        clock: Clock,
        scheduler: Scheduler,
        numbers: PhoneBook,
        geography: Geography,
        engine: Callable[[str], Engine],
        conversation: Conversation,
        base_url: str,
    ) -> None:
        self._seed = seed
        self._clock = clock
        self._postponed = Postponed(scheduler)  # what people answer
        self._numbers = numbers
        self._geography = geography
        self._engine = engine
        self._conversation = conversation
        self._base_url = base_url
        self._auto_replies: deque[AutoReply] = deque(maxlen=MAX_AUTO_REPLIES)
        self._answers: Counter[tuple[Persona, str]] = Counter()
        self._lock = Lock()

    def auto_replies(self) -> tuple[AutoReply, ...]:
        """Return what Twilio replied by itself, the oldest first."""
        with self._lock:
            return tuple(self._auto_replies)

    def forget(self, message_sids: Container[str], account_sid: str | None, number: str | None) -> None:
        """Let nobody answer these messages any more, and forget what Twilio replied to them.

        So is what it replied for a number of the account, or to or from *number*: its message need not have been kept.
        """
        self._postponed.forget(message_sids)
        gone = {
            reply
            for reply in self.auto_replies()
            if reply.message_sid in message_sids or self._is_of(reply, account_sid, number)
        }
        with self._lock:
            kept = [reply for reply in self._auto_replies if reply not in gone]
            self._auto_replies.clear()
            self._auto_replies.extend(kept)

    def receive(self, sender: str, to: str, body: str = "", media: Sequence[str] = ()) -> Message | None:
        """Take a message to a number of an account; none is made if its service receives nothing.

        Raises `ValueError` if nobody owns *to*, or if nobody can send such a message.
        """
        return self._take(sender, to, body, media)

    def _take(
        self, sender: str, to: str, body: str, media: Sequence[str], in_reply_to: str | None = None
    ) -> Message | None:
        """Do what `receive` does; *in_reply_to* is the SID of the message that this one answers."""
        check_inbound(sender, body, media)
        owner = self._numbers.owner_sid(to) if can_receive(to) else None
        if owner is None:
            raise ValueError(f"nobody has the number {to}; there is {_listing(self._numbers.everyones())}")
        engine = self._engine(owner)
        service = engine.senders.services.service_of(to)
        reply = self._obeyed(engine, service, sender, to, body)
        make = partial(
            received_message, sender=sender, to=to, body=body, media_urls=tuple(media), in_reply_to=in_reply_to
        )
        message = None if is_deaf(service) else _begun(engine, service, make, has_media=bool(media))
        if reply is not None:
            with self._lock:
                self._auto_replies.append(replace(reply, message_sid=message.sid if message else None))
        return message

    def _is_of(self, reply: AutoReply, account_sid: str | None, number: str | None) -> bool:
        is_theirs = account_sid in (None, self._numbers.owner_sid(reply.sender))
        return is_theirs and number in (None, reply.sender, reply.to)

    def noticed(self, message: Message) -> None:
        """See what follows from a status that *message* just took."""
        if message.status is Status.RECEIVED:
            self._tell(message)
        elif message.status is Status.DELIVERED and message.direction != "inbound":
            self._have_answered(message)
            self._have_replied(message)

    def _obeyed(self, engine: Engine, service: Service | None, sender: str, to: str, body: str) -> AutoReply | None:
        """Opt the sender out or in; return Twilio's reply if that changed something or asked for help."""
        word = _word(to, service, body)
        if word is None:
            return None
        has_changed = engine.senders.opt_outs.change(word, sender, to, service.sid if service else None)
        text = reply_to(word, is_toll_free=is_toll_free(to))
        if text is None or not (has_changed or word is Word.HELP):
            return None
        return AutoReply(at=self._clock.now(), sender=to, to=sender, body=text, message_sid=None)

    def _tell(self, message: Message) -> None:
        engine = self._engine(message.account_sid)
        service = engine.senders.services.service_of(message.to)
        settings = self._numbers.settings(message.to)
        application = engine.senders.applications.find(settings.get("SmsApplicationSid", ""))
        hook = hook_of(service, settings, application)
        if hook is None:
            _log.info('%s came in and nobody is told: %s has no inbound: {url: "https://..."}', message.sid, message.to)
        if hook is None or not engine.account.is_usable:
            return
        form = inbound_form(
            message,
            home=self._geography.place(message.sender or ""),
            here=self._geography.place(message.to),
            word=_word(message.to, service, message.body) if service and service.has_advanced_opt_out else None,
            media_url=f"{self._base_url}/2010-04-01/Accounts/{message.account_sid}/Messages/{message.sid}/Media",
        )
        self._conversation.begin(message, hook, form)

    def _have_answered(self, message: Message) -> None:
        """Let the first persona that the message speaks to reply, unless it has replied often enough."""
        personas = self._engine(message.account_sid).scenario.personas
        persona = next((one for one in personas if one.answers(message.to, message.body)), None)
        if persona is None or not can_receive(message.sender or ""):
            return
        if persona.stop_after is not None and self._answered(persona, message.to) > persona.stop_after:
            return
        due = self._clock.now() + persona.after_seconds
        self._postponed.plan(due, message.sid, partial(self._answer, message, persona.reply))

    def _answered(self, persona: Persona, number: str) -> int:
        """Count one more answer of somebody, and return how many there are now."""
        with self._lock:
            self._answers[persona, number] += 1
            return self._answers[persona, number]

    def _have_replied(self, message: Message) -> None:
        """Let the recipient reply as the rule says that took the message."""
        reply = message.twist.reply if message.twist else None
        if reply is None or not can_receive(message.sender or ""):
            return
        wait = reply.after.seconds(Draws(self._seed, message.to, message.ordinal), "reply")
        answer = partial(self._answer, message, reply.body, reply.media_urls)
        self._postponed.plan(self._clock.now() + wait, message.sid, answer)

    def _answer(self, message: Message, body: str, media: tuple[str, ...] = ()) -> None:
        """Have the recipient of *message* answer it."""
        try:
            self._take(message.to, message.sender or "", body, media, message.sid)
        except ValueError:  # the number was released meanwhile
            return


def _begun(engine: Engine, service: Service | None, make: Callable[..., Message], *, has_media: bool) -> Message:
    service_sid = service.sid if service else None
    begin = partial(make, account_sid=engine.account.sid, service_sid=service_sid)
    return engine.begin("MM" if has_media else "SM", begin)


def _word(to: str, service: Service | None, body: str) -> Word | None:
    return word_to(to, body, is_pooled=service is not None)


def _listing(numbers: Sequence[str]) -> str:
    return ", ".join(numbers) or "none"
