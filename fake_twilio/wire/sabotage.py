"""A fault is performed on one connection.

Every wait is real time, since it is the client's socket that waits, and ends as soon as the client is gone or the
server hangs up. A client that has closed its half counts as gone: nothing tells it from one that has closed for good.
"""

from collections.abc import Callable

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.wire.damage import on_the_wire
from fake_twilio.wire.timed_socket import TimedSocket

_PIECES = 200
_RESETS = frozenset({Break.RESET, Break.RESET_BEFORE_READING})
_SILENT = frozenset({Break.CLOSE, Break.HANG})


class Sabotage:
    """Performs faults on the connection *wire*; whoever holds it closes it afterwards, if the fault has a kind.

    A hang ends after *hang_seconds*; what is sent must be taken within *send_seconds*, or within that for each piece.
    """

    def __init__(
        self, wire: TimedSocket, monotonic: Callable[[], float], *, hang_seconds: float, send_seconds: float
    ) -> None:
        self._wire = wire
        self._monotonic = monotonic
        self._hang_seconds = hang_seconds
        self._send_seconds = send_seconds

    def perform(self, fault: Fault, head: bytes, body: bytes) -> None:
        """Let the client see *fault* in place of the answer *head* and *body*.

        Raises `OSError` if the client goes meanwhile, or takes nothing.
        """
        self._wait(fault.latency_seconds)
        if fault.kind in _RESETS:
            return self._wire.reset()
        if fault.kind is Break.HANG:
            self._wait(self._hang_seconds)
        if fault.kind not in _SILENT:
            self._send(on_the_wire(fault, head, body), fault.drip_seconds)
        return None

    def _send(self, data: bytes, drip_seconds: float) -> None:
        if not drip_seconds:
            return self._wire.send_all(data, self._send_seconds)
        begun = self._monotonic()
        pieces = _pieces(data)
        for number, piece in enumerate(pieces, 1):
            self._wait(begun + drip_seconds * number / len(pieces) - self._monotonic())
            self._wire.send_all(piece, self._send_seconds)
        return None

    def _wait(self, seconds: float) -> None:
        if seconds > 0 and self._wire.is_gone_within(seconds):
            raise ConnectionAbortedError("the client is gone")


def _pieces(data: bytes) -> list[bytes]:
    """Cut *data* into single bytes, or into so many pieces that nobody would call it a stream."""
    size = -(-len(data) // _PIECES)
    return [data[at : at + size] for at in range(0, len(data), size)]
