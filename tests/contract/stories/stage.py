"""Where the story of a bundled scenario is told: a fake that plays it, our client, and an app that takes callbacks."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import load_scenario
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import ApiError, Client, Message, Status
from twilio_sms.webhooks.signature import RequestValidator

ORIGIN = "https://app.test"
SEED = 7
End = tuple[Status, int | None]


class App:
    """A customer's app of this process: it keeps what it is told, and answers what it is told to answer."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: dict[str, Response] = {}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        assert request.form  # read before the environ is gone
        self.requests.append(request)
        answer = self.answers.get(request.path, Response(status=204))
        return answer(environ, start)

    @property
    def statuses(self) -> list[str]:
        """What it was told, in order."""
        return [request.form["MessageStatus"] for request in self.requests]

    def genuine(self, token: str) -> list[bool]:
        """Return for each request whether *token* signed it."""
        check = RequestValidator(token).validate
        return [check(each.url, each.form, each.headers["X-Twilio-Signature"]) for each in self.requests]


class Stage:
    """A fake on a manual clock that plays the scenario called *name*."""

    def __init__(self, fake: FakeTwilioFixture, client: Client, name: str) -> None:
        self.fake = fake
        self.client = client
        self._name = name
        self.play()

    def play(self, **settings: str) -> None:
        """Begin anew, with these values for the scenario's variables."""
        self.fake.reset(load_scenario(self._name, settings), seed=SEED)

    def send(self, to: str = RECIPIENT, body: str = "hello", **options: Any) -> Message:
        if "messaging_service_sid" not in options:
            options.setdefault("from_", SENDER)
        return self.client.messages.send(to=to, body=body, **options)

    def end(self, to: str = RECIPIENT, body: str = "hello", **options: Any) -> End:
        """Send a message, and return the status and the error code that it ends with."""
        sent = self.send(to, body, **options)
        assert (sent.status in (Status.QUEUED, Status.ACCEPTED), sent.error_code) == (True, None)
        self.fake.settle()
        ended = self.client.messages.get(sent.sid)
        return ended.status, ended.error_code

    def refusal(self, to: str = RECIPIENT, body: str = "hello", **options: Any) -> tuple[type[ApiError], int | None]:
        """Send a message that is refused, and return by which error and with which code."""
        made = len(self.fake.messages)
        with pytest.raises(ApiError) as refused:
            self.send(to, body, **options)
        assert len(self.fake.messages) == made
        assert to not in str(refused.value)
        return type(refused.value), refused.value.code

    def listen(self, **options: Any) -> App:
        """Return an app at `ORIGIN`, where the callbacks of messages go that name it."""
        app = App()
        self.fake.mount(ORIGIN, app, **options)
        return app

    def told(self, to: str = RECIPIENT, **options: Any) -> App:
        """Send a message to *to*, let it end, and return the app that was told of its statuses."""
        app = self.listen()
        self.send(to, status_callback=f"{ORIGIN}/status", **options)
        self.fake.settle()
        return app


Story = Callable[[Stage], None]
DELIVERED: End = (Status.DELIVERED, None)


def undelivered(code: int) -> End:
    return Status.UNDELIVERED, code


def stories(module: Any) -> dict[str, Story]:
    """Return the functions that *module* defines, each the story of the scenario of its name."""
    own = {name: value for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    return {name: value for name, value in own.items() if callable(value) and not name.startswith("_")}
