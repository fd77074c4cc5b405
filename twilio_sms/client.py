"""The front door: what a client is made of, and who closes it."""

import logging
import os
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from secrets import SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from twilio_sms.abilities import A_FUNCTION, CLOCK, METRICS, OPT_OUTS, Wanted, check_parts, given_or
from twilio_sms.assembly import (
    Identity,
    OnChange,
    OneProcess,
    OnRetry,
    Shared,
    Surroundings,
    assemble,
    assemble_lookups,
)
from twilio_sms.clock import Clock, SystemClock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.config import Config, api_url
from twilio_sms.credentials.basic import Credentials, FixedCredentials
from twilio_sms.errors import ValidationError
from twilio_sms.observability.metrics import Metrics, NullMetrics
from twilio_sms.observability.spans import NullTracer, Tracer
from twilio_sms.transport.wire import Transport

if TYPE_CHECKING:  # loaded by who uses them
    from twilio_sms.compliance.opt_out_store import OptOutStore
    from twilio_sms.domain.lookup import Lookup
    from twilio_sms.domain.lookup_query import LookupOptions, Package
    from twilio_sms.lookups import Lookups
    from twilio_sms.templates import Templates
    from twilio_sms.transport.http import HttpTransport
    from twilio_sms.webhooks.handler import WebhookHandler, WebhookOptions
    from twilio_sms.webhooks.signature import RequestValidator

_ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)
_PARTS = {
    "credentials": Wanted(("basic_auth",), "credentials such as FileCredentials(path, account_sid)"),
    "opt_outs": OPT_OUTS,
    "shared": Wanted(("limiter", "breaker", "quota", "opt_outs"), "RedisShared(url, processes=...)"),
    "tracer": Wanted(("span", "traceparent"), "a tracer such as OpenTelemetryTracer(provider)"),
    "metrics": METRICS,
    "on_retry": Wanted(A_FUNCTION, "a function that takes RetryDetails"),
    "on_breaker_change": Wanted(A_FUNCTION, "a function that takes a change of the breaker"),
    "transport": Wanted(("send", "close"), "a transport such as Recorder(path)"),
    "clock": CLOCK,
    "random": Wanted(A_FUNCTION, "a function that returns numbers from 0 up to 1"),
}


class Extras(TypedDict, total=False):
    """What a client may be given besides who it is and how it behaves; ``None`` stands for the usual."""

    shared: Shared | None
    tracer: Tracer | None
    metrics: Metrics | None
    on_retry: OnRetry | None
    on_breaker_change: OnChange | None
    transport: Transport | None
    clock: Clock | None
    random: Callable[[], float] | None


class Client:
    """A Twilio account to send messages from.

    `messages` sends, gets and lists them (`Messages`), `opt_outs` knows who wants none (`OptOuts`); besides there are
    `webhooks`, `templates` and `lookups`. `Client.from_env()` makes one of the ``TWILIO_*`` variables.

    Many threads may share one; use it as a context manager, or `close` it, to close its connections. Give *auth_token*,
    or *api_key* and *api_secret*, or your own *credentials*.

    *opt_outs* is where opt-outs are kept: the path of a SQLite file, a store, or `OptOuts` of your own; without it they
    are forgotten with the process. *shared* is what many processes have in common (`RedisShared`). *tracer* and
    *metrics* are told of every call (`OpenTelemetryTracer`, `PrometheusMetrics`), *on_retry* before each repetition
    (`RetryDetails`), *on_breaker_change* when the circuit breaker changes its state. *transport*, *clock* and *random*
    are the world, to be replaced in tests. Raises `ValidationError` for settings that cannot work.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str | None = None,
        *,
        api_key: str | None = None,
        api_secret: str | None = None,
        credentials: Credentials | None = None,
        base_url: str | None = None,
        edge: str | None = None,
        region: str | None = None,
        config: Config | None = None,
        opt_outs: "str | Path | OptOutStore | OptOuts | None" = None,
        **extras: Unpack[Extras],
    ) -> None:
        _check_account_sid(account_sid)
        if not isinstance(config, Config | None):
            raise ValidationError(f"config must be Config(...), is {type(config).__name__}")
        check_parts({"credentials": credentials, "opt_outs": opt_outs, **extras}, _PARTS)
        self.account_sid = account_sid
        self.base_url = api_url(base_url, edge, region)
        with ExitStack() as owned:  # closed at once if the client cannot be made
            if credentials is None:
                credentials = own = FixedCredentials.choose(account_sid, auth_token, api_key, api_secret)
                owned.callback(own.wipe)
            given = _surroundings(config or Config(), extras)
            who = Identity(account_sid, self.base_url, credentials)
            parts = assemble(who, given, _opened(opt_outs, owned))
            owned.callback(given.transport.close)
            self._owned = owned.pop_all()
        self._credentials = credentials
        self._world: WebhookOptions = {"metrics": given.metrics, "logger": given.logger, "clock": given.clock}
        at_lookups = who._replace(base_url=api_url(base_url, edge, region, "lookups"))
        self._lookups = assemble_lookups(at_lookups, given, parts.observer)
        self.messages = parts.messages
        self._templates = parts.templates
        self.opt_outs = parts.opt_outs
        self.breaker = parts.breaker
        self.limiter = parts.limiter

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **options: Any) -> Self:
        """Build a client from the ``TWILIO_*`` variables; *options* are those of the constructor, and win.

        An option wins over all variables that say the same in another way: ``auth_token=`` over an API key,
        ``base_url=`` over an edge and a region.

        Reads ``TWILIO_ACCOUNT_SID``, ``TWILIO_AUTH_TOKEN`` (``"new,old"`` while it is rotated: the first sends),
        ``TWILIO_API_KEY``, ``TWILIO_API_SECRET``, ``TWILIO_BASE_URL``, ``TWILIO_EDGE`` and ``TWILIO_REGION``.
        """
        from twilio_sms.environment import Settings

        settings = Settings.from_env(os.environ if environ is None else environ)
        return cls(**settings.completing(options))

    def webhooks(
        self, *tokens: "str | Callable[[], RequestValidator]", **options: "Unpack[WebhookOptions]"
    ) -> "WebhookHandler":
        """Return a handler of this account's webhooks, made of the client's own parts.

        It has the client's opt-out list, metrics and clock; *options* win (see `WebhookOptions`). It checks signatures
        with the client's auth token, as it is at the time, or with *tokens*: several while one is rotated, or one
        callable that returns the `RequestValidator` to use now. Raises `ValidationError` if there is none: Twilio signs
        with the auth token, never with the secret of an API key.
        """
        from twilio_sms.webhooks.handler import WebhookHandler  # not for who only sends
        from twilio_sms.webhooks.own_token import validator_of

        signers = tokens or (validator_of(self._credentials, options.get("shared_keys", ())),)
        own: WebhookOptions = {"account_sid": self.account_sid, "opt_outs": self.opt_outs, **self._world}
        own.update(options)
        return WebhookHandler(*signers, **own)

    @property
    def templates(self) -> "Templates":
        """Texts with placeholders, by name."""
        return self._templates()

    @property
    def lookups(self) -> "Lookups":
        """What Twilio knows about numbers."""
        return self._lookups.get()

    def lookup(
        self,
        number: str,
        fields: "Collection[Package]" = (),
        *,
        country_code: str | None = None,
        **options: "Unpack[LookupOptions]",
    ) -> "Lookup":
        """Return what Twilio knows about *number*; the short form of `Lookups.get`."""
        return self.lookups.get(number, fields, country_code=country_code, **options)

    def close(self) -> None:
        """Close what the client opened and wipe the secret that it was given; it may not be used after that.

        Raises what the transport raises, once all the rest is closed.
        """
        self._owned.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({self.account_sid[:6]}***, {self.base_url})"


def _check_account_sid(account_sid: object) -> None:
    if not isinstance(account_sid, str) or not _ACCOUNT_SID.fullmatch(account_sid):
        raise ValidationError(
            f"account_sid must be AC and 32 hexadecimal digits (variable TWILIO_ACCOUNT_SID), is {_shape(account_sid)}"
        )


def _shape(text: object) -> str:
    """Say what was given in the place of a SID, and not itself: it may be a secret in the wrong place."""
    if text is None or text == "":
        return "missing"
    return f"a text of {len(text)} characters" if isinstance(text, str) else type(text).__name__


def _meant(unknown: str) -> str:
    """Say where an argument belongs that a client does not take: most often it is a setting."""
    from twilio_sms.domain.spelling import did_you_mean  # only a wrong name needs it

    if unknown in Config.__dataclass_fields__:
        return f": it is a setting, config=Config({unknown}=...)"
    return did_you_mean(unknown, (*Extras.__annotations__, *(Client.__init__.__kwdefaults__ or ()))) or (
        ": settings are given as config=Config(...)"
    )


def _opened(opt_outs: "str | Path | OptOutStore | OptOuts | None", owned: ExitStack) -> "OptOutStore | OptOuts | None":
    """Return where opt-outs are kept; a file that is opened for that goes to what is *owned*."""
    if not isinstance(opt_outs, str | Path):
        return opt_outs
    from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts  # not for who keeps them elsewhere

    return owned.enter_context(closing(SqliteOptOuts(opt_outs)))


def _surroundings(config: Config, extras: Extras) -> Surroundings:
    """Return the world that a client acts on: what it was given, and else the real one."""
    unknown = set(extras) - Extras.__annotations__.keys()
    if unknown:
        raise TypeError(f"Client() got an unexpected keyword argument {min(unknown)!r}{_meant(min(unknown))}")
    clock = given_or(extras.get("clock"), SystemClock)
    return Surroundings(
        config=config,
        transport=given_or(extras.get("transport"), lambda: _http(config, clock)),
        clock=clock,
        random=extras.get("random") or SystemRandom().random,
        shared=given_or(extras.get("shared"), OneProcess),
        tracer=given_or(extras.get("tracer"), NullTracer),
        metrics=given_or(extras.get("metrics"), NullMetrics),
        logger=logging.getLogger("twilio_sms"),
        on_retry=extras.get("on_retry"),
        on_breaker_change=extras.get("on_breaker_change"),
    )


def _http(config: Config, clock: Clock) -> "HttpTransport":
    from twilio_sms.transport.http import HttpTransport  # with requests; not for who hands in a transport

    return HttpTransport(
        connections=config.connections,
        max_answer_bytes=config.max_answer_bytes,
        ca_bundle=config.ca_bundle,
        clock=clock,
    )
