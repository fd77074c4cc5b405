"""A request, a response, and the seam between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from twilio_sms.domain.form import Form
from twilio_sms.domain.settings import check_seconds
from twilio_sms.redaction import mask_numbers
from twilio_sms.verdict import LOST, Phase, Verdict, verdict_of_status

MOST_TIMEOUT_SECONDS = 86_400  # nobody waits for longer, and a socket cannot
_SHARE_FOR_THE_ANSWER = 0.1  # 3 of 30 seconds: Twilio answers within one


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long things may take, in seconds, a day at most. None of them can be switched off."""

    connect_seconds: float = 3.0  # for each address of the host, TLS included
    read_seconds: float = 10.0  # for each wait for bytes of the answer
    total_seconds: float = 30.0  # for the whole call, so that a slow drip ends too
    idle_seconds: float = 15.0  # a kept connection idle for longer is not used again: the server may be closing it

    def __post_init__(self) -> None:
        check_seconds(self, *self.__slots__, most=MOST_TIMEOUT_SECONDS)

    @property
    def answer_seconds(self) -> float:
        """What no wait of ours may use up of the total: a request that leaves without it ends in doubt, not in time."""
        return min(self.read_seconds, self.total_seconds * _SHARE_FOR_THE_ANSWER)


_USUAL = Timeouts()


class Request(NamedTuple):
    """One request, whole: nothing is added to it on the way but what HTTP asks for."""

    method: str
    url: str
    authorization: str
    form: Form = ()
    timeouts: Timeouts = _USUAL
    deadline: float | None = None  # on the client's monotonic clock; without one, the timeouts' total from now on
    on_new_connection: bool = False  # a kept one is not used

    def __repr__(self) -> str:
        return f"Request({self.method} {mask_numbers(self.url)})"  # the form holds numbers and the text


class Response(NamedTuple):
    """A complete status line, with what came after it."""

    status: int
    headers: Mapping[str, str]  # lower-case names
    body: bytes
    damage: str | None = None  # why the body is not whole

    def __repr__(self) -> str:
        return f"Response({self.status}, {len(self.body)} bytes)"  # the body holds numbers and the text

    @property
    def verdict(self) -> Verdict:
        """What the status line proves."""
        return verdict_of_status(self.status)


class LostAnswer(Exception):  # noqa: N818 - it names what happened
    """No complete status line came back."""

    def __init__(self, phase: Phase, reason: str) -> None:
        super().__init__(phase, reason)
        self.phase = phase
        self.reason = reason

    @property
    def verdict(self) -> Verdict:
        """What the phase proves."""
        return LOST[self.phase]


class Transport(Protocol):
    """Carries one request out and its response back; never repeats one."""

    def send(self, request: Request) -> Response:
        """Return the response, whatever its status; raise `LostAnswer` if no complete status line comes."""

    def close(self) -> None:
        """Close what is open."""
