"""Tells the customer of a message that came in, and does what the answer says.

Sources: Twilio, "TwiML for Programmable Messaging", "TwiML: Message", "Availability and reliability" (fallback
addresses) and its error dictionary. What a document asks for is done in the order in which the messages came in, on
the thread that moves the time, so that the same seed gives the same run.

Inferred: at most `MAX_DOCUMENTS` are fetched for one message; `action` gets the reply's first status and, without a
`statusCallback`, those that follow; what Twilio would warn of stops nothing; a reply from the number that received
belongs to its service; statuses of a reply are not told to the application of the number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from types import MappingProxyType
from typing import Protocol

from fake_twilio.delivery.webhook import Answer, Delivery, Webhook, document_webhook, status_form
from fake_twilio.domain.inbound.alert import alert_code
from fake_twilio.domain.inbound.hook import Hook
from fake_twilio.domain.inbound.inbound import fallback_form
from fake_twilio.domain.inbound.twiml import TOO_LARGE, Document, Redirect, Reply, Unreadable, read_answer
from fake_twilio.domain.messages.birth import Occasion
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.numbers import to_e164
from fake_twilio.domain.values.sids import make_token
from fake_twilio.domain.webhooks.redirects import absolute_url
from fake_twilio.inbound.alerts import Alerts
from fake_twilio.inbound.cookie_jar import CookieJar
from fake_twilio.inbound.reply_limit import ReplyLimit
from fake_twilio.messages.engine import Engine
from fake_twilio.timing.clock import Clock
from fake_twilio.timing.scheduler import Scheduler

MAX_REPLIES = 10
MAX_DOCUMENTS = 10
TOO_MANY_DOCUMENTS, TOO_FAST, TOO_MANY_REPLIES = 14106, 14107, 14109
# What a reply is refused with, and what the debugger calls it; other codes are the same there (inferred).
ALERT_FOR: Mapping[int, int] = MappingProxyType(
    {
        **dict.fromkeys((21211, 21266), 14101),
        **dict.fromkeys((21212, 21606, 21659, 21660, 21711), 14102),
        **dict.fromkeys((21602, 21619, 21617), 14103),
        21609: 14105,
    }
)


class Deliver(Protocol):
    """What brings webhooks to the customer."""

    def __call__(self, webhook: Webhook, then: Callable[[Delivery], None] | None = None) -> None:
        """Deliver *webhook*; *then* is told what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How far the answer to one message has come: which document is asked for, and what was done before."""

    number: int  # of the message, in the order in which they came in
    message: Message
    hook: Hook
    form: Form  # the usual parameters
    url: str
    documents: int = 1
    replies: int = 0
    is_fallback: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """The two numbers that talk: the customer's and the other."""
        return self.message.to, self.message.sender or ""


class Conversation:
    """Fetches documents and runs them; *engine* names that of an account."""

    def __init__(
        self,
        *,
        seed: int,
        clock: Clock,
        scheduler: Scheduler,
        deliver: Deliver,
        engine: Callable[[str], Engine],
        alerts: Alerts,
    ) -> None:
        self._seed = seed
        self._clock = clock
        self._scheduler = scheduler
        self._deliver = deliver
        self._engine = engine
        self._alerts = alerts
        self._limit = ReplyLimit()
        self._cookies = CookieJar()
        self._begun = 0
        self._answered: list[tuple[Turn, Delivery]] = []
        self._lock = Lock()

    def begin(self, message: Message, hook: Hook, form: Form) -> None:
        """Tell the customer of *message*, and do what the answer says once it is there."""
        with self._lock:
            self._begun += 1
            number = self._begun
        self._fetch(Turn(number=number, message=message, hook=hook, form=form, url=hook.url), hook.method, form)

    def _fetch(self, turn: Turn, method: str, form: Form) -> None:
        token = make_token(self._seed, turn.message.sid, -turn.documents)
        signer = self._engine(turn.message.account_sid).account.signer
        webhook = document_webhook(turn.message, method, turn.url, form, signer, token)
        cookie = self._cookies.header(turn.pair, webhook.origin, self._clock.now())
        self._deliver(replace(webhook, cookie=cookie) if cookie else webhook, partial(self._keep, turn))

    def _keep(self, turn: Turn, delivery: Delivery) -> None:
        """Put an answer, which a worker brings, aside for the thread that moves the time."""
        with self._lock:
            self._answered.append((turn, delivery))
        self._scheduler.plan(self._clock.now(), self._run_answers)

    def _run_answers(self) -> None:
        with self._lock:
            answered, self._answered = self._answered, []
        for turn, delivery in sorted(answered, key=lambda pair: pair[0].number):
            self._cookies.keep(turn.pair, delivery.origin, delivery.answer.cookies, self._clock.now())
            self._run(turn, delivery.answer)

    def _run(self, turn: Turn, answer: Answer) -> None:
        try:
            document = _read(answer)
        except Unreadable as unreadable:
            self._fail(turn, unreadable.code)
            return
        for code in document.warnings:
            self._alert(turn, code)
        self._follow(turn, document.verbs)

    def _follow(self, turn: Turn, verbs: Sequence[Reply | Redirect]) -> None:
        """Do one verb after the other, until one leads to another document."""
        for verb in verbs:
            if isinstance(verb, Redirect):
                self._go_to(turn, verb.url, verb.method, turn.form)
                return
            if turn.replies >= MAX_REPLIES:
                self._alert(turn, TOO_MANY_REPLIES)
                return
            turn = replace(turn, replies=turn.replies + 1)
            sent = self._send(turn, verb)
            if sent is not None and verb.action:
                self._go_to(turn, verb.action, verb.method, status_form(sent))
                return

    def _go_to(self, turn: Turn, url: str, method: str, form: Form) -> None:
        if turn.documents >= MAX_DOCUMENTS:
            self._alert(turn, TOO_MANY_DOCUMENTS)
            return
        self._fetch(replace(turn, url=absolute_url(turn.url, url), documents=turn.documents + 1), method, form)

    def _send(self, turn: Turn, reply: Reply) -> Message | None:
        """Send a reply as any other message; what is refused is an alert, and what fails at once is one too."""
        is_allowed = self._limit.allows(*_pair(turn, reply), self._clock.now())
        occasion = Occasion(
            direction="outbound-reply",
            callback_method=reply.method,
            error_code=None if is_allowed else TOO_FAST,
            in_reply_to=turn.message.sid,
        )
        try:
            sent = self._engine(turn.message.account_sid).accept(_reply_form(turn, reply), occasion)
        except Refusal as refused:
            self._alert(turn, ALERT_FOR.get(refused.code, refused.code))
            return None
        if not is_allowed:
            self._alert(turn, TOO_FAST)
        return sent

    def _fail(self, turn: Turn, code: int) -> None:
        """Note what failed, and ask the fallback address at once, if there is one that was not asked yet."""
        self._alert(turn, code)
        hook = turn.hook
        if hook.fallback_url is None or turn.is_fallback:
            return
        form = fallback_form(turn.form, code, turn.url)
        fallback = replace(turn, url=hook.fallback_url, documents=turn.documents + 1, is_fallback=True)
        self._fetch(fallback, hook.fallback_method, form)

    def _alert(self, turn: Turn, code: int) -> None:
        self._alerts.note(code, turn.message.sid, turn.url)


def _read(answer: Answer) -> Document:
    """Read what came back; raise `Unreadable` with what stands against it."""
    code = alert_code(answer.status, answer.failure)
    if code is not None:
        raise Unreadable(code)
    if answer.is_cut:
        raise Unreadable(TOO_LARGE)
    return read_answer(answer.content_type, answer.body)


def _pair(turn: Turn, reply: Reply) -> tuple[str, str]:
    """Return the two numbers between which a reply goes."""
    sender, to = reply.sender or turn.message.to, reply.to or turn.message.sender or ""
    return sender, to_e164(to, sender) or to


def _reply_form(turn: Turn, reply: Reply) -> Form:
    """Return the form of a reply: from the number that received, to the sender, unless it says another."""
    callback = reply.status_callback or reply.action
    service_sid = None if reply.sender else turn.message.service_sid
    pairs = [
        ("To", reply.to or turn.message.sender),
        ("From", reply.sender or turn.message.to),
        ("MessagingServiceSid", service_sid),
        ("Body", reply.body),
        *(("MediaUrl", absolute_url(turn.url, url)) for url in reply.media_urls),
        ("StatusCallback", absolute_url(turn.url, callback) if callback else None),
    ]
    return tuple((name, value) for name, value in pairs if value)
