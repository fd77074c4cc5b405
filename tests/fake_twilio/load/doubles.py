"""What Locust hands to a load, as doubles: Locust itself would patch the process of the tests."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


class Hook:
    """An event: calls who listens, the last first if asked so."""

    def __init__(self) -> None:
        self.listeners: list[Callable[..., None]] = []

    def add_listener(self, handler: Callable[..., None], /) -> None:
        self.listeners.append(handler)

    def fire(self, **told: Any) -> None:
        for listener in list(self.listeners):
            listener(**told)


class Events:
    """All events that are listened to."""

    def __init__(self) -> None:
        self.init_command_line_parser = Hook()
        self.init = Hook()
        self.request = Hook()
        self.report_to_master = Hook()
        self.worker_report = Hook()
        self.test_start = Hook()
        self.test_stopping = Hook()
        self.test_stop = Hook()
        self.quitting = Hook()
        self.quit = Hook()


class Runner:
    """A runner, of one process, a worker or a master; keeps what was asked of it."""

    def __init__(self, *workers: str) -> None:
        self.exceptions: dict[Any, Any] = {}
        self.worker_index = 0
        self.last_received_spawn_timestamp = 0.0
        self.clients = Clients(workers)
        self.target_user_count = 1
        self.sent: list[tuple[str, dict[str, Any] | None]] = []
        self.sent_to: list[str | None] = []
        self.listeners: dict[str, Callable[..., None]] = {}
        self.done: list[str] = []
        self.on_send: Callable[[str], None] = lambda _: None
        self.on_stop: Callable[[], None] = lambda: None

    def stop(self) -> None:
        self.done.append("stop")
        self.on_stop()

    def quit(self) -> None:
        self.done.append("quit")

    def register_message(self, msg_type: str, listener: Callable[..., None], /) -> None:
        self.listeners[msg_type] = listener

    def send_message(self, msg_type: str, data: dict[str, Any] | None = None, client_id: str | None = None, /) -> None:
        self.sent.append((msg_type, data))
        self.sent_to.append(client_id)
        self.on_send(msg_type)


class Clients:
    """The workers of a master."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.all = [SimpleNamespace(id=name, state="ready") for name in names]

    def __len__(self) -> int:
        return len(self.all)


class Environment:
    """A load, as its users see it."""

    def __init__(self, host: str | None = None, runner: Runner | None = None, **options: Any) -> None:
        self.events = Events()
        self.runner = runner or Runner()
        self.host = host
        self.parsed_options = SimpleNamespace(**{"exit_code_on_error": 1, "processes": None, **options})
        self.user_classes: list[Any] = []
        self.web_ui: Any = None
        self.stop_timeout = 0.0
        self.process_exit_code: int | None = None
        self.shape_class: Any = None
        self.stats: Any = SimpleNamespace(entries={})


class Fired:
    """Remembers what was fired."""

    def __init__(self) -> None:
        self.all: list[dict[str, Any]] = []

    def __call__(self, **told: Any) -> None:
        self.all.append(told)

    @property
    def lines(self) -> list[tuple[str, str, str | None]]:
        """The type, the name and the failure of each."""
        return [
            (told["request_type"], told["name"], None if told["exception"] is None else str(told["exception"]))
            for told in self.all
        ]


class HandClock:
    """Seconds that are moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds
