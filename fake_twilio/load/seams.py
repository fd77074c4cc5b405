"""What of Locust is used, as protocols: nothing here imports it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

MISSING = "missing"  # the state of a worker of which its master hears no more


class Hook(Protocol):
    """One of Locust's events."""

    def add_listener(self, handler: Callable[..., None], /) -> object:
        """Have *handler* called, with arguments by name, whenever it is fired."""


class RequestHook(Hook, Protocol):
    """The event of a request that is over."""

    def fire(self, **told: Any) -> None:
        """Tell all listeners."""


class Events(Protocol):
    """Locust's events."""

    @property
    def init_command_line_parser(self) -> Hook: ...
    @property
    def init(self) -> Hook: ...
    @property
    def request(self) -> RequestHook: ...
    @property
    def report_to_master(self) -> Hook: ...
    @property
    def worker_report(self) -> Hook: ...
    @property
    def test_start(self) -> Hook: ...
    @property
    def test_stopping(self) -> Hook: ...
    @property
    def test_stop(self) -> Hook: ...
    @property
    def quitting(self) -> Hook: ...
    @property
    def quit(self) -> Hook: ...


class Runner(Protocol):
    """What starts and stops the users of a process."""

    @property
    def exceptions(self) -> Mapping[Any, Any]:
        """What tasks raised, which they should not."""

    def stop(self) -> None: ...
    def quit(self) -> None: ...


class Node(Runner, Protocol):
    """A runner that exchanges messages with others."""

    def register_message(self, msg_type: str, listener: Callable[..., None], /) -> None:
        """Have *listener* called with ``environment`` and ``msg`` whenever such a message comes."""

    def send_message(self, msg_type: str, data: dict[str, Any] | None = None, client_id: str | None = None, /) -> None:
        """Send to the master; from the master to each worker, or to the one with that ID."""


class Follower(Node, Protocol):
    """The runner of a worker, which begins users when its master says so."""

    last_received_spawn_timestamp: float  # orders to begin users that are no newer are discarded


class Client(Protocol):
    """A worker, as its master sees it."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> str: ...


class Clients(Protocol):
    """The workers that are connected."""

    @property
    def all(self) -> Iterable[Client]: ...


class Master(Node, Protocol):
    """The runner that workers send to."""

    @property
    def clients(self) -> Clients: ...
    @property
    def target_user_count(self) -> int: ...


class Message(Protocol):
    """What one process of a load sends to another."""

    @property
    def node_id(self) -> str: ...
    @property
    def data(self) -> dict[str, Any] | None: ...


class Page(Protocol):
    """Locust's page for people."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...


class UserClass(Protocol):
    """A class of users."""

    host: str | None


class Environment(Protocol):
    """A load, as Locust hands it to all who take part."""

    stop_timeout: float  # seconds
    process_exit_code: int | None
    shape_class: Any

    @property
    def events(self) -> Events: ...
    @property
    def runner(self) -> Runner | None: ...
    @property
    def host(self) -> str | None: ...
    @property
    def parsed_options(self) -> Any: ...
    @property
    def user_classes(self) -> Iterable[UserClass]: ...
    @property
    def stats(self) -> Any: ...
    @property
    def web_ui(self) -> Page | None: ...


class Parser(Protocol):
    """Locust's command line."""

    def add_argument_group(self, title: str, /) -> Any: ...
    def set_defaults(self, **defaults: Any) -> None: ...
