"""The API of one account: what is asked, and what it does when it is asked twice."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from twilio_sms.domain.form import Form
from twilio_sms.errors import NotFoundError
from twilio_sms.exchange import Exchange, Parts, Question, Watch, nothing
from twilio_sms.observability.observer import Observer
from twilio_sms.refusals import Json, json_object
from twilio_sms.transport.clock_lead import ClockLead
from twilio_sms.transport.wire import Response
from twilio_sms.verdict import Effect

T = TypeVar("T")


class Dispatch(NamedTuple):
    """A message on its way out: its form, and what its attempts and errors need to know."""

    form: Form
    recipient: str  # masked
    row_key: str | None = None
    deadline: float | None = None  # on the monotonic clock; without one, the timeouts' total from now on
    last_look: Callable[[], None] = nothing  # asked right before each request leaves; may refuse

    def __repr__(self) -> str:
        return f"<Dispatch to {self.recipient}>"


class Gateway:
    """The API of one account; *clock_lead* is learned from its answers."""

    def __init__(self, parts: Parts, observer: Observer) -> None:
        self._parts = parts
        self._observer = observer
        self.clock_lead = ClockLead()

    def get(
        self, operation: str, path: str, read: Callable[[Json], T], query: Form = (), *, deadline: float | None = None
    ) -> T:
        """Return what *read* makes of what is at *path*; it raises `ValueError` for what it cannot read.

        *deadline* is on the monotonic clock; without one, it is the timeouts' total from now on.
        """
        return self._run(_question(operation, "GET", path, Effect.READ, query), read, deadline)

    def post(self, operation: str, path: str, form: Form, read: Callable[[Json], T]) -> T:
        """Change what is at *path*, and return what *read* makes of the answer."""
        return self._run(_question(operation, "POST", path, Effect.CHANGE, form), read)

    def delete(self, operation: str, path: str) -> None:
        """Delete what is at *path*. That it is gone once an attempt got lost counts as done."""
        question = _question(operation, "DELETE", path, Effect.CHANGE)
        with self._observer.watch(operation) as watch:
            exchange = Exchange(self._parts, question, _read_nothing, watch)
            try:
                exchange.run()
            except NotFoundError:
                if not exchange.may_have_worked:
                    raise

    def create_message(self, path: str, dispatch: Dispatch, read: Callable[[Json], T], watch: Watch) -> T:
        """Send a message; *watch* traces the send that this is the last part of."""
        question = Question(
            operation="send_sms",
            method="POST",
            path=path,
            form=dispatch.form,
            effect=Effect.SEND,
            recipient=dispatch.recipient,
            row_key=dispatch.row_key,
        )
        return Exchange(
            self._parts,
            question,
            lambda response: read(json_object(response)),
            watch,
            deadline=dispatch.deadline,
            last_look=dispatch.last_look,
        ).run()

    def _run(self, question: Question, read: Callable[[Json], T], deadline: float | None = None) -> T:
        asked_at = self._parts.clock.now()

        def read_dated(response: Response) -> T:
            self.clock_lead.note(response.headers.get("date"), asked_at)
            return read(json_object(response))

        with self._observer.watch(question.operation) as watch:
            return Exchange(self._parts, question, read_dated, watch, deadline=deadline).run()


def _question(operation: str, method: str, path: str, effect: Effect, form: Form = ()) -> Question:
    return Question(operation=operation, method=method, path=path, effect=effect, form=form)


def _read_nothing(_response: Response) -> None:
    """Take whatever a deletion is answered with."""
