"""Answers requests from a cassette, in place of Twilio."""

import json
from collections.abc import Collection
from pathlib import Path
from threading import Lock
from typing import Literal, get_args
from urllib.parse import urlsplit

from twilio_sms.errors import ReplayError, ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.paths import read_path
from twilio_sms.simulation.bindings import Bindings, Reading
from twilio_sms.simulation.cassette import Answer, Asked, Interaction, JsonValue, read_cassette
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.verdict import Phase

Match = Literal["strict", "loose"]


class Replayer:
    """A transport that plays the cassette at *path*; each interaction is played once.

    ``strict`` wants the same requests in the same order, with the same fields. ``loose`` takes them in any order, and
    leaves out the parameters that are *ignored* (under Twilio's names, such as ``SendAt``). Numbers, texts and SIDs may
    be others than when it was recorded, but what was the same then must be the same now; answers name those of now.
    A failure that was recorded happens again. Raises `ReplayError` for a cassette that cannot be played, and when it is
    asked for what it does not have.
    """

    def __init__(self, path: str | Path, match: Match = "strict", *, ignored: Collection[str] = ()) -> None:
        if match not in get_args(Match):
            raise ValidationError(f"match must be 'strict' or 'loose', is {match!r}")
        if ignored and match == "strict":
            raise ValidationError("a strict replay ignores nothing: give match='loose'")
        if isinstance(ignored, str):
            raise ValidationError(f"ignored takes several names: ({ignored!r},)")
        self._path = read_path(path)
        self._is_strict = match == "strict"
        self._ignored = frozenset(ignored)
        self._unused = dict(enumerate(read_cassette(self._path)))
        self._bindings = Bindings()
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Go on from here; runs in a child process, which plays a copy of its own."""
        self._lock = Lock()

    def send(self, request: Request) -> Response:
        """Return the recorded answer, or raise the recorded `LostAnswer`; raise `ReplayError` if there is none."""
        asked = asked_of(request)
        with self._lock:
            outcome = self._take(asked)
            body = self._bindings.restore("", outcome.body) if isinstance(outcome, Answer) else None
        if isinstance(outcome, Phase):
            raise LostAnswer(outcome, "as it was recorded")
        return Response(outcome.status, outcome.headers, _raw(body), outcome.damage)

    def close(self) -> None:
        """There is nothing to close."""

    @property
    def unused(self) -> tuple[Interaction, ...]:
        """What was recorded and not asked for."""
        with self._lock:
            return tuple(self._unused.values())

    def verify(self) -> None:
        """Raise `ReplayError` unless all was asked for that was recorded."""
        left = self.unused
        if left:
            told = "; ".join(f"{each.asked.method} {each.asked.path}" for each in left[:10])
            raise ReplayError(f"{len(left)} interactions of the cassette {self._path} were not asked for: {told}")

    def _take(self, asked: Asked) -> Answer | Phase:
        """Return what came of the recorded request that *asked* is, and use it up."""
        readings = {}
        for number, interaction in self._unused.items():
            reading = self._bindings.read(interaction.asked, asked, self._ignored)
            if not reading.differences and (reading.is_alike or self._is_strict):
                return self._use(number, reading)
            readings[number] = reading
            if self._is_strict:
                break
        fitting = [number for number, reading in readings.items() if not reading.differences]
        if not fitting:
            raise ReplayError(self._told(asked, readings))
        return self._use(fitting[0], readings[fitting[0]])

    def _use(self, number: int, reading: Reading) -> Answer | Phase:
        self._bindings.bind(reading.names)
        return self._unused.pop(number).outcome

    def _told(self, asked: Asked, readings: dict[int, Reading]) -> str:
        head = f"the cassette {self._path} has no answer to {asked.method} (record it anew if the app has changed)"
        if not readings:
            return f"{head}: every interaction was played"
        closest = min(readings, key=lambda number: len(readings[number].differences))
        what = "next is" if self._is_strict else "closest is"
        return f"{head}: {what} interactions[{closest}], with {'; '.join(readings[closest].differences)}"


def _raw(body: JsonValue) -> bytes:
    """Return a body as it comes off the wire: none, what was no JSON, or JSON."""
    if body is None:
        return b""
    return body.encode(errors="replace") if isinstance(body, str) else json.dumps(body).encode()


def asked_of(request: Request) -> Asked:
    """Return what of a request a cassette is about: neither the host nor the authorization."""
    return Asked(request.method, urlsplit(request.url).path, request.form)
