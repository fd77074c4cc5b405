"""How a load's messages are dealt to its workers, and how the master learns that all were begun.

Before users start each worker is told its part of ``--messages``. What goes to a worker arrives in the order in which
it was sent, so a worker knows its part before it has users. One that took its last message tells so. Who vanished is
not waited for, and who came later was dealt nothing.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

from fake_twilio.load.allotment import Allotment, parts_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.seams import MISSING, Environment, Master, Message, Node

DEAL = "fake_twilio_deal"  # the master's message to each worker
SPENT = "fake_twilio_spent"  # a worker's, once it took its last


class Dealer:
    """Deals a master's messages; *on_spent* is told once all were begun."""

    def __init__(self, runner: Master, on_spent: Callable[[], object]) -> None:
        self._runner = runner
        self._on_spent = on_spent
        self._lock = Lock()
        self._owing: set[str] = set()  # who has not begun all of its part
        runner.register_message(SPENT, self._take_spent)

    def deal(self, messages: int) -> None:
        """Tell each worker its part; raises `LoadError` if there is one that gets no user to send it."""
        workers = sorted(self._present())
        users = self._runner.target_user_count
        if users < len(workers):
            raise LoadError(f"--messages are dealt to {len(workers)} workers, and users are {users}: raise -u")
        with self._lock:
            self._owing = set(workers)
        for worker, part in zip(workers, parts_of(messages, len(workers)), strict=True):
            self._runner.send_message(DEAL, {"messages": part}, worker)

    def look(self, **_: Any) -> None:
        """Wait no longer for who has vanished; to be called now and then, as with each report."""
        self._keep(self._present())

    def _take_spent(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        self._keep(self._present() - {msg.node_id})

    def _keep(self, workers: set[str]) -> None:
        with self._lock:
            was_owing, self._owing = bool(self._owing), self._owing & workers
            is_spent = was_owing and not self._owing
        if is_spent:
            self._on_spent()

    def _present(self) -> set[str]:
        return {client.id for client in self._runner.clients.all if client.state != MISSING}


class Dealt:
    """A worker's side: limits what its users may begin, and tells when they have begun all."""

    def __init__(self, runner: Node, allotment: Allotment) -> None:
        self._runner = runner
        self._allotment = allotment
        runner.register_message(DEAL, self._take)

    def _take(self, *, environment: Environment, msg: Message) -> None:  # noqa: ARG002 - as Locust calls it
        self._allotment.limit_to(int((msg.data or {})["messages"]), lambda: self._runner.send_message(SPENT))
