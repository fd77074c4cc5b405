"""How the shares of Locust's workers come to its master: on the way, and whole at the end.

A worker sends what it has seen with each report, and what is left when the load ends. Locust's master waits half a
second for last reports, whoever is still busy; so ours asks each worker to end, waits for what is left, and knows who
has not answered. A share is taken out of the worker's tally in the moment in which it is sent, so it is never sent
twice; and it has a number, so that one that got lost on the wire is missed: a sum that lacks it would look like any.
"""

from collections.abc import Callable, Mapping
from math import inf
from threading import Condition, Thread
from typing import Any

from fake_twilio.load.seams import MISSING, Environment, Follower, Master, Message
from fake_twilio.load.tally import Tally

KEY = "fake_twilio_tally"  # in a worker's report
FINISH = "fake_twilio_finish"  # the master's message to each worker
REST = "fake_twilio_rest"  # a worker's answer
REFUSAL = "fake_twilio_refusal"  # of a worker that may not or cannot take part


class WorkerSide:
    """Sends a worker's share to the master."""

    def __init__(self, runner: Follower, tally: Tally) -> None:
        self._runner = runner
        self._tally = tally
        self._number = 0  # of the last share that was sent
        runner.register_message(FINISH, self._finish)

    def report(self, *, data: dict[str, Any], **_: Any) -> None:
        """Put what was seen since the last report into this one."""
        data[KEY] = self._next_share()

    def quit(self, **_: Any) -> None:
        """Leave for good; a master that hears of it later may order users of others to begin here: none does."""
        self._runner.last_received_spawn_timestamp = inf
        self.leave()

    def leave(self) -> None:
        """Stop the users, who end what they do, and send what is left."""
        self._runner.stop()
        self._runner.send_message(REST, self._next_share())

    def refuse(self, why: str) -> None:
        """Tell the master that this worker does not take part, and *why*, in one line."""
        self._runner.send_message(REFUSAL, {"why": why})

    def _next_share(self) -> dict[str, Any]:
        self._number += 1
        return {"number": self._number, "tally": self._tally.empty()}

    def _finish(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        self.leave()


class MasterSide:
    """Adds up what the workers send; knows from whom the last of it is still missing.

    *on_refusal* is told why a worker does not take part; it runs in a thread of its own, since who listens to the
    workers must go on listening.
    """

    def __init__(self, runner: Master, tally: Tally, on_refusal: Callable[[str], None]) -> None:
        self._runner = runner
        self._tally = tally
        self._changed = Condition()
        self._known: set[str] = set()
        self._ended: set[str] = set()
        self._incomplete: set[str] = set()
        self._numbers: dict[str, int] = {}  # of the last share that came from each
        self._on_refusal = on_refusal
        runner.register_message(REST, self._take_rest)
        runner.register_message(REFUSAL, self._take_refusal)

    def begin(self) -> None:
        """Forget who had ended: another load begins."""
        with self._changed:
            self._known, self._ended, self._incomplete = set(), set(), set()

    def take(self, *, client_id: str, data: dict[str, Any], **_: Any) -> None:
        """Add what a worker reports."""
        share = data.get(KEY)
        if share is not None:
            self._absorb(client_id, share)

    def finish(self, patience_seconds: float) -> None:
        """Have each worker end, and wait until all have sent what was left, or for as long as that.

        Nobody waits for who has vanished; its share is missing all the same.
        """
        states = {client.id: client.state for client in self._runner.clients.all}
        awaited = {worker for worker, state in states.items() if state != MISSING}
        with self._changed:
            self._known |= states.keys()
        self._runner.send_message(FINISH)
        with self._changed:
            self._changed.wait_for(lambda: awaited <= self._ended, patience_seconds)

    @property
    def missing(self) -> int:
        """How many workers have not sent all, or sent what got lost or could not be read."""
        with self._changed:
            return len((self._known - self._ended) | self._incomplete)

    @property
    def workers(self) -> int:
        """How many workers have taken part."""
        with self._changed:
            return len(self._known)

    def _take_rest(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        self._absorb(msg.node_id, msg.data or {})
        self._end(msg.node_id)

    def _take_refusal(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        with self._changed:
            self._known.add(msg.node_id)
            self._incomplete.add(msg.node_id)
        self._end(msg.node_id)
        Thread(target=self._on_refusal, args=((msg.data or {}).get("why", ""),), daemon=True).start()

    def _end(self, worker: str) -> None:
        with self._changed:
            self._ended.add(worker)
            self._changed.notify_all()

    def _absorb(self, worker: str, share: Mapping[str, Any]) -> None:
        """Add a share; raise nothing, since it comes over the wire and may be of another version."""
        try:
            self._tally.absorb(share["tally"])
            number = int(share["number"])
        except (KeyError, TypeError, ValueError, OverflowError):
            number = 0
        with self._changed:
            self._known.add(worker)
            if number != self._numbers.get(worker, 0) + 1:
                self._incomplete.add(worker)
            self._numbers[worker] = number
