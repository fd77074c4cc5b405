"""Records what a client asks and what it is answered, and plays it the next time."""

import json
from collections.abc import Collection
from pathlib import Path
from threading import Lock
from typing import Literal, get_args

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.config import Config
from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.paths import read_path
from twilio_sms.simulation.cassette import Answer, Interaction, JsonValue, is_too_deep, write_cassette
from twilio_sms.simulation.replayer import Match, Replayer, asked_of
from twilio_sms.simulation.stand_ins import StandIns
from twilio_sms.transport.http import HttpTransport
from twilio_sms.transport.wire import LostAnswer, Request, Response, Transport
from twilio_sms.verdict import Phase

Mode = Literal["once", "all", "none"]


class Recorder:
    """A transport that records to the cassette at *path*, or plays it.

    With *mode* ``once`` it records if there is no such file, else it plays; ``all`` always records anew; ``none`` only
    plays. *inner* is what carries the requests that are recorded, by default HTTP. The file is written whole when it is
    closed, as `Client.close` does; nothing is written if nothing was asked. For *match* and *ignored* see `Replayer`.

    Numbers, texts, SIDs and addresses are replaced before they are kept, in memory too, and the authorization is never
    looked at. There is no switch for that.
    """

    def __init__(
        self,
        path: str | Path,
        inner: Transport | None = None,
        mode: Mode = "once",
        *,
        match: Match = "strict",
        ignored: Collection[str] = (),
        clock: Clock | None = None,
    ) -> None:
        if mode not in get_args(Mode):
            raise ValidationError(f"mode must be 'once', 'all' or 'none', is {mode!r}")
        path = read_path(path)
        self._way: Replayer | _Recording
        if mode == "none" or (mode == "once" and path.exists()):
            self._way = Replayer(path, match, ignored=ignored)
        else:
            clock = clock or SystemClock()
            self._way = _Recording(path, inner or _http(clock), clock)

    @property
    def is_recording(self) -> bool:
        """Whether requests leave, and are recorded."""
        return isinstance(self._way, _Recording)

    @property
    def unused(self) -> tuple[Interaction, ...]:
        """What was recorded before and not asked for now."""
        return self._way.unused if isinstance(self._way, Replayer) else ()

    def send(self, request: Request) -> Response:
        return self._way.send(request)

    def close(self) -> None:
        """Write what was recorded; raises `OSError` if that cannot be done, and what was there before stays."""
        self._way.close()

    def verify(self) -> None:
        """Raise `ReplayError` unless all was asked for that was recorded before."""
        if isinstance(self._way, Replayer):
            self._way.verify()


def cassette(
    path: str | Path,
    mode: Mode = "once",
    *,
    inner: Transport | None = None,
    match: Match = "strict",
    ignored: Collection[str] = (),
) -> Recorder | Replayer:
    """Return the transport for the cassette at *path*: one that records, or plays, as *mode* has it."""
    if mode == "none":
        return Replayer(path, match, ignored=ignored)
    return Recorder(path, inner, mode, match=match, ignored=ignored)


class _Recording:
    """A recording under way."""

    def __init__(self, path: Path, inner: Transport, clock: Clock) -> None:
        self._path = path
        self._inner = inner
        self._clock = clock
        self._stand_ins = StandIns()
        self._interactions: list[Interaction] = []
        self._is_of_parent = False
        self._lock = Lock()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Record nothing more; runs in a child process: the file is the parent's."""
        self._lock = Lock()
        self._is_of_parent = True

    def send(self, request: Request) -> Response:
        try:
            response = self._inner.send(request)
        except LostAnswer as lost:
            self._note(request, lost.phase)
            raise
        self._note(request, _answer_of(response))
        return response

    def close(self) -> None:
        with self._lock:
            interactions = [] if self._is_of_parent else list(self._interactions)
        try:
            if interactions:
                write_cassette(self._path, interactions)
        finally:
            self._inner.close()

    def _note(self, request: Request, outcome: Answer | Phase) -> None:
        timestamp = self._clock.now().isoformat(timespec="milliseconds")
        with self._lock:
            asked = self._stand_ins.asked(asked_of(request))
            if isinstance(outcome, Answer):
                outcome = self._stand_ins.answer(outcome)
            self._interactions.append(Interaction(asked, outcome, timestamp))


def _answer_of(response: Response) -> Answer:
    try:
        body: JsonValue = json.loads(response.body) if response.body else None
    except (ValueError, RecursionError):
        body = ""
    if is_too_deep(body):  # what reads it value by value would fail, after the request had its effect
        body = ""
    return Answer(response.status, body, response.headers, response.damage)


def _http(clock: Clock) -> HttpTransport:
    usual = Config()
    return HttpTransport(
        connections=usual.connections, max_answer_bytes=usual.max_answer_bytes, ca_bundle=None, clock=clock
    )
