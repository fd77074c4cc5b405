"""A fault is performed on one connection.

Every wait is real time, since it is the client's socket that waits, and ends as soon as the client is gone or the
server hangs up. A client that has closed its half counts as gone: nothing tells it from one that has closed for good.
"""

from collections.abc import Callable

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.wire.damage import on_the_wire
from fake_twilio.wire.timed_socket import TimedSocket

Notice = Callable[[], object]

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

    def perform(self, fault: Fault, head: bytes, body: bytes, before_last: Notice) -> None:
        """Let the client see *fault* in place of the answer *head* and *body*.

        *before_last* is called right before the last that the client sees: what it does next finds that done.
        Raises `OSError` if the client goes meanwhile, or takes nothing; *before_last* may not have been called then.
        """
        self._wait(fault.latency_seconds)
        if fault.kind is Break.HANG:
            self._wait(self._hang_seconds)
        if fault.kind in _SILENT | _RESETS:
            before_last()
            if fault.kind in _RESETS:
                self._wire.reset()
        else:
            self._send(on_the_wire(fault, head, body), fault.drip_seconds, before_last)

    def _send(self, data: bytes, drip_seconds: float, before_last: Notice) -> None:
        begun = self._monotonic()
        pieces = _pieces(data) if drip_seconds else [data]
        for number, piece in enumerate(pieces, 1):
            self._wait(begun + drip_seconds * number / len(pieces) - self._monotonic())
            if number == len(pieces):
                before_last()
            self._wire.send_all(piece, self._send_seconds)

    def _wait(self, seconds: float) -> None:
        if seconds > 0 and self._wire.is_gone_within(seconds):
            raise ConnectionAbortedError("the client is gone")


def _pieces(data: bytes) -> list[bytes]:
    """Cut *data* into single bytes, or into so many pieces that nobody would call it a stream."""
    size = -(-len(data) // _PIECES)
    return [data[at : at + size] for at in range(0, len(data), size)]
