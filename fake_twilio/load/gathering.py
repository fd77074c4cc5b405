"""How the shares of Locust's workers come to its master: on the way, and whole at the end.

A worker sends what it has seen with each report, and what is left when the load ends. Locust's master waits half a
second for last reports, whoever is still busy; so ours asks each worker to end, waits for what is left, and knows who
has not answered. Two processes, one rule: a share is taken out of the worker's tally in the moment in which it is sent.
"""

from collections.abc import Mapping
from threading import Condition
from typing import Any

from fake_twilio.load.seams import Environment, Master, Message, Node
from fake_twilio.load.tally import Tally

KEY = "fake_twilio_tally"  # in a worker's report
FINISH = "fake_twilio_finish"  # the master's message to each worker
REST = "fake_twilio_rest"  # a worker's answer


class WorkerSide:
    """Sends a worker's share to the master."""

    def __init__(self, runner: Node, tally: Tally) -> None:
        self._runner = runner
        self._tally = tally
        runner.register_message(FINISH, self._finish)

    def report(self, *, data: dict[str, Any], **_: Any) -> None:
        """Put what was seen since the last report into this one."""
        data[KEY] = self._tally.empty()

    def leave(self, **_: Any) -> None:
        """Stop the users, who end what they do, and send what is left."""
        self._runner.stop()
        self._runner.send_message(REST, self._tally.empty())

    def _finish(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        self.leave()


class MasterSide:
    """Adds up what the workers send; knows from whom the last of it is still missing."""

    def __init__(self, runner: Master, tally: Tally) -> None:
        self._runner = runner
        self._tally = tally
        self._changed = Condition()
        self._known: set[str] = set()
        self._ended: set[str] = set()
        self._refused: set[str] = set()
        runner.register_message(REST, self._take_rest)

    def begin(self) -> None:
        """Forget who had ended: another load begins."""
        with self._changed:
            self._known, self._ended, self._refused = set(), set(), set()

    def take(self, *, client_id: str, data: dict[str, Any], **_: Any) -> None:
        """Add what a worker reports."""
        share = data.get(KEY)
        if share is not None:
            self._absorb(client_id, share)

    def finish(self, patience_seconds: float) -> None:
        """Have each worker end, and wait until all have sent what was left, or for as long as that."""
        awaited = {client.id for client in self._runner.clients.all}
        with self._changed:
            self._known |= awaited
        self._runner.send_message(FINISH)
        with self._changed:
            self._changed.wait_for(lambda: awaited <= self._ended, patience_seconds)

    @property
    def missing(self) -> int:
        """How many workers have not sent all, or sent what could not be read."""
        with self._changed:
            return len((self._known - self._ended) | self._refused)

    @property
    def workers(self) -> int:
        """How many workers have taken part."""
        with self._changed:
            return len(self._known)

    def _take_rest(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        self._absorb(msg.node_id, msg.data or {})
        with self._changed:
            self._ended.add(msg.node_id)
            self._changed.notify_all()

    def _absorb(self, worker: str, share: Mapping[str, Any]) -> None:
        try:
            self._tally.absorb(share)
        except ValueError:  # of another version
            with self._changed:
                self._refused.add(worker)
        with self._changed:
            self._known.add(worker)
