"""The webhooks of one account: what comes in, and who is told of it."""

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Self, TypedDict, TypeVar, Unpack, get_args

from twilio_sms.abilities import CLOCK, LOGGER, METRICS, OPT_OUTS, WEBHOOK_STORE, check_parts, given_or
from twilio_sms.clock import Clock, SystemClock
from twilio_sms.compliance.opt_out_store import OptOutStore
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.errors import ValidationError
from twilio_sms.observability.guard import Guard
from twilio_sms.observability.meter import Meter
from twilio_sms.observability.metrics import Metrics, NullMetrics
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.webhooks.dispatch import status_matcher
from twilio_sms.webhooks.keys import SharedKey
from twilio_sms.webhooks.once import Once
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.patterns import Pattern, check_brackets, compile_pattern
from twilio_sms.webhooks.reception import OnError, Reception
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse
from twilio_sms.webhooks.shapes import ACCOUNT_SID
from twilio_sms.webhooks.signature import RequestValidator
from twilio_sms.webhooks.tracker import StatusTracker, WebhookStore
from twilio_sms.webhooks.verifier import Verifier

_PARTS = {"opt_outs": OPT_OUTS, "store": WEBHOOK_STORE, "metrics": METRICS, "logger": LOGGER, "clock": CLOCK}
F = TypeVar("F", bound=Callable[..., object])


class WebhookOptions(TypedDict, total=False):
    """What a `WebhookHandler` may be given besides its auth tokens; ``None`` stands for the usual.

    *account_sid* is yours: webhooks of another account are refused. *public_url* is where Twilio finds the app
    (``"https://sms.example.com"``); else behind a proxy, *trusted_proxies* are the networks whose ``X-Forwarded-*`` and
    ``Forwarded`` headers count (``"10.0.0.0/8"``). *shared_keys* sign in the place of the auth token. *methods* are
    those that are taken: ``("POST",)``, as Twilio asks, unless a number is set to GET, whose address alone is signed.

    *opt_outs* is where opt-outs are kept, *store* which webhooks were worked on and how far messages are: each the path
    of a SQLite file, a store or the part itself; without them it is all forgotten with the process. *metrics*, *logger*
    and *clock* are the world.

    *on_error* says what is answered when a handler raised: ``"continue"`` what the others said, ``"fail"`` a 500, so
    that Twilio goes to the fallback URL; then the webhook counts as not worked on, and all handlers are told again
    when it comes again. Either way it is logged and the other handlers are told.
    """

    account_sid: str | None
    public_url: str | None
    trusted_proxies: Sequence[str]
    shared_keys: Sequence[SharedKey]
    methods: Sequence[str]
    opt_outs: str | Path | OptOutStore | OptOuts | None
    store: str | Path | WebhookStore | None
    metrics: Metrics | None
    logger: logging.Logger | None
    clock: Clock | None
    on_error: OnError


class WebhookHandler:
    """Takes the webhooks of one account; many threads may share it, and it knows no framework.

    *tokens* are auth tokens: several, while one is rotated. A callable in their place is asked for a validator at each
    webhook. For the *options* see `WebhookOptions`. Raises `ValidationError` for what cannot work.

    Twilio waits for 15 seconds, and a webhook that is worked on for more than 10 may be worked on again. A handler that
    takes longer puts its work into a queue and returns.
    """

    def __init__(self, *tokens: str | Callable[[], RequestValidator], **options: Unpack[WebhookOptions]) -> None:
        if unknown := set(options) - WebhookOptions.__annotations__.keys():
            raise TypeError(f"a webhook handler takes no argument {min(unknown)!r}")
        check_parts(options, _PARTS)
        on_error = options.get("on_error") or "continue"
        if on_error not in get_args(OnError):
            raise ValidationError(f"on_error must be 'continue' or 'fail', is {on_error!r}")
        logger = options.get("logger") or logging.getLogger("twilio_sms")
        clock = given_or(options.get("clock"), SystemClock)
        verifier, account_sid = _verifier(tokens, options), _account_sid(options.get("account_sid"))
        with ExitStack() as opened:  # closed at once if the handler cannot be made
            store = _store(options.get("store"), clock, opened)
            opt_outs = _opt_outs(options.get("opt_outs"), clock, opened)
            self._opened = opened.pop_all()
        self.tracker = StatusTracker(store, metrics=options.get("metrics"), logger=logger)
        self._reception = Reception(
            verifier,
            account_sid=account_sid,
            opt_outs=opt_outs,
            once=Once(store, clock, logger),
            tracker=self.tracker,
            meter=Meter(given_or(options.get("metrics"), NullMetrics), Guard(logger)),
            logger=logger,
            on_error=on_error,
        )

    def handle_inbound(self, request: WebhookRequest) -> WebhookResponse:
        """Work on the webhook of an inbound message; return TwiML (an empty one if no handler is for it), or a refusal.

        A refusal (403, 415) has no text. 503 says that the opt-out list or the store could not be used. Nothing that
        stands in a request raises; what is no `WebhookRequest` is a `ValidationError`.
        """
        return self._reception.take_message(request)

    def handle_status_callback(self, request: WebhookRequest) -> WebhookResponse:
        """Work on a status callback; return an empty 200, or a refusal."""
        return self._reception.take_status(request)

    def verify(self, request: WebhookRequest) -> Parameters | WebhookResponse:
        """Return the parameters of a webhook of another kind, or the refusal to answer with if it is not signed.

        Only the signature is checked: who uses it says what the parameters must be, and sees that a webhook that comes
        again does no harm.
        """
        return self._reception.verify(request)

    def register_handler(self, pattern: Pattern, function: Callable[[InboundMessage], object]) -> None:
        """Tell *function* of each inbound message that *pattern* is for.

        A text such as ``"order *"`` is held against the whole body, whatever its case and white space; a compiled
        regular expression is searched for, a function is asked. *function* returns a text, a `Reply`, TwiML or
        nothing; what several say becomes one answer. Raises `ValidationError` for what is no pattern or no function.
        """
        self._reception.inbound.add(compile_pattern(pattern), function)

    def on(self, pattern: Pattern = "*") -> Callable[[F], F]:
        """Return a decorator for `register_handler`.

        Raises `ValidationError` at once where its brackets are missing, and so for a named function as a pattern: such
        a one goes to `register_handler`, or into a lambda.
        """
        check_brackets(pattern)

        def register(function: F) -> F:
            self.register_handler(pattern, function)
            return function

        return register

    def on_status(self, *statuses: str) -> Callable[[F], F]:
        """Return a decorator: the function is told of each callback with one of *statuses*, or of all, once.

        Callbacks come out of order: ask `tracker` where a message is. Raises `ValidationError` for an unknown status.
        """
        matches = status_matcher(statuses)

        def register(function: F) -> F:
            self._reception.statuses.add(matches, function)
            return function

        return register

    def close(self) -> None:
        """Close the files that the handler opened; what it was given stays open."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _account_sid(sid: str | None) -> str | None:
    if sid is not None and not (isinstance(sid, str) and ACCOUNT_SID.fullmatch(sid)):
        raise ValidationError("account_sid must be AC and 32 hexadecimal digits in lower case, as webhooks name it")
    return sid


def _verifier(tokens: Sequence[str | Callable[[], RequestValidator]], options: WebhookOptions) -> Verifier:
    return Verifier(
        _validator(tokens, options.get("shared_keys") or ()),
        public_url=options.get("public_url"),
        trusted_proxies=options.get("trusted_proxies") or (),
        methods=options.get("methods") or ("POST",),
    )


def _validator(
    tokens: Sequence[str | Callable[[], RequestValidator]], shared_keys: Sequence[SharedKey]
) -> RequestValidator | Callable[[], RequestValidator]:
    match tokens:
        case [supplier] if callable(supplier):
            return supplier
    texts = [token for token in tokens if not callable(token)]
    if len(texts) < len(tokens):
        raise ValidationError("give auth tokens, or in their place one function that returns a validator")
    return RequestValidator(*texts, shared_keys=shared_keys)


def _store(given: str | Path | WebhookStore | None, clock: Clock, opened: ExitStack) -> WebhookStore:
    if isinstance(given, str | Path):
        from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks

        return opened.enter_context(closing(SqliteWebhooks(given, clock=clock)))
    if given is not None:
        return given
    from twilio_sms.stores.webhooks_memory import MemoryWebhooks

    return MemoryWebhooks(clock=clock)


def _opt_outs(given: str | Path | OptOutStore | OptOuts | None, clock: Clock, opened: ExitStack) -> OptOuts:
    if isinstance(given, OptOuts):
        return given
    if isinstance(given, str | Path):
        from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

        return OptOuts(opened.enter_context(closing(SqliteOptOuts(given))), clock)
    return OptOuts(given_or(given, MemoryOptOuts), clock)
