"""A recording: the proxy on its port, what it notes, and when it has enough."""

from collections.abc import Callable
from threading import Event, Lock

from fake_twilio.recording.notebook import Notebook
from fake_twilio.recording.proxy import Proxy
from fake_twilio.recording.scenario_text import scenario_text
from fake_twilio.recording.traffic import is_creation, read_refusal, read_sights
from fake_twilio.recording.upstream import Upstream
from fake_twilio.recording.watcher import Watcher
from fake_twilio.recording.wire import Answered, Asked
from fake_twilio.web.guard import Guard
from fake_twilio.wire.http_server import Server

STOP_SECONDS = 5.0


class Recorder:
    """Listens on *host* and *port* and forwards to *upstream*, which `check_upstream` must allow.

    After *requests* answers, or never, `has_enough` is set. With *watch_seconds* each message that was made is looked
    at so often, until it is final; then there is enough only when all of them are.
    """

    def __init__(
        self,
        upstream: str,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        allowed_hosts: tuple[str, ...] = (),
        requests: int | None = None,
        watch_seconds: float | None = None,
        monotonic: Callable[[], float],
    ) -> None:
        self.has_enough = Event()
        self._monotonic = monotonic
        self._requests = requests
        self._answered = 0
        self._lock = Lock()
        self._notebook = Notebook()
        self._upstream = Upstream(upstream, monotonic)
        self._watcher = (
            None if watch_seconds is None else Watcher(self._upstream, self._note, watch_seconds, self._look_if_enough)
        )
        app = Guard(Proxy(self._upstream, self._note_forwarded), host, allowed_hosts)
        self._server = Server(host, port, app, monotonic)
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self._server.port}"

    def start(self) -> None:
        """Take requests, from threads of their own."""
        self._server.start()
        if self._watcher is not None:
            self._watcher.start()

    def stop(self) -> str:
        """Take no more requests, and return the scenario of what was seen."""
        self._server.stop(STOP_SECONDS)
        if self._watcher is not None:
            self._watcher.stop(STOP_SECONDS)
        self._upstream.close()
        return scenario_text(self._notebook.notes())

    def _note_forwarded(self, asked: Asked, answered: Answered) -> None:
        self._note(asked, answered)
        if self._watcher is not None and is_creation(asked):
            for sight in read_sights(asked, answered):
                self._watcher.watch(asked, sight.sid)
        with self._lock:
            self._answered += 1
        self._look_if_enough()

    def _note(self, asked: Asked, answered: Answered) -> None:
        at = self._monotonic()
        self._notebook.note_latency(answered.seconds)
        for sight in read_sights(asked, answered):
            self._notebook.note_sight(sight, at, is_new=is_creation(asked))
        refused = read_refusal(asked, answered)
        if refused is not None:
            self._notebook.note_refusal(refused)

    def _look_if_enough(self) -> None:
        with self._lock:
            is_enough = self._requests is not None and self._answered >= self._requests
        if is_enough and (self._watcher is None or self._watcher.is_idle):
            self.has_enough.set()
