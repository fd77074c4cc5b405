"""The shapes of what the admin API answers: checked by mypy where they are made, shown in the OpenAPI document."""

from typing_extensions import TypedDict  # pydantic reads these on Python 3.11, too


class Change(TypedDict):
    """A status that a message took, and when (ISO 8601, UTC)."""

    at: str | None
    status: str
    error_code: int | None


class Event(Change):
    """What happened to a message when time was moved."""

    message_sid: str


class Step(TypedDict):
    """A status that is to come, and the seconds after the one before it."""

    status: str
    after_seconds: float


class Message(TypedDict):
    """All that is known of a message."""

    sid: str
    account_sid: str
    messaging_service_sid: str | None
    direction: str
    sender: str | None
    recipient: str
    body: str
    media_urls: list[str]
    segments: int
    status: str
    error_code: int | None
    status_callback: str | None
    rule: str | None
    notes: list[str]
    options: list[list[str]]
    timeline: list[Change]
    to_come: list[Step]


class Webhook(TypedDict):
    """A request to the customer."""

    token: str
    kind: str
    message_sid: str
    status: str
    method: str
    url: str
    parameters: list[list[str]]


class Answer(TypedDict):
    """What came back for it: a status and the head of the body, or the error that stopped it."""

    status: int | None
    body: str
    is_cut: bool
    error: str | None
    seconds: float


class Delivery(Webhook):
    """A request by which it was to be delivered: redirects and retries have requests of their own."""

    attempt: int
    failure: str | None
    notes: list[str]
    signed: str
    signature: str
    answer: Answer


class MessageWithWebhooks(Message):
    """A message, and the webhooks that told of it."""

    webhooks: list[Delivery]


class Codes(TypedDict):
    """What a person would look for in a text, in its order."""

    codes: list[str]
    links: list[str]


class Messages(TypedDict):
    """The newest messages of all that match."""

    total: int
    messages: list[Message]


class Webhooks(TypedDict):
    """The newest attempts, and the newest of what waits or is under way."""

    total: int
    webhooks: list[Delivery]
    pending: list[Webhook]


class Received(TypedDict):
    """The message that came in; none if the number's service receives nothing."""

    message: Message | None


class OptOut(TypedDict):
    """A recipient who does not hear from a number, or from a service by its SID."""

    recipient: str
    sender: str
    since: str | None


class OptOuts(TypedDict):
    """All of them, the oldest first."""

    opt_outs: list[OptOut]


class Alert(TypedDict):
    """What Twilio's debugger would show of one answer of the customer."""

    at: str | None
    code: int
    title: str
    message_sid: str
    url: str


class Alerts(TypedDict):
    """The newest alerts of all."""

    total: int
    alerts: list[Alert]


class Scenario(TypedDict):
    """What decides."""

    name: str
    about: str
    numbers: list[str]
    services: list[str]
    rules: list[str]


class Fault(TypedDict):
    """A fault that can be turned up, what it does to what, and its share from 0 (off) to 1."""

    name: str
    concern: str
    about: str
    share: float


class Faults(TypedDict):
    """All that there are."""

    faults: list[Fault]


class Clock(TypedDict):
    """What time it is, and what happened while it was moved."""

    kind: str
    now: str | None
    events: list[Event]


class Reset(TypedDict):
    """How many messages were forgotten."""

    forgotten: int


class Lags(TypedDict):
    """How long after its status each callback was taken, in seconds of the run; those that were not taken are counted.

    Ask with ``after`` as ``mark`` says to be told each of them once. ``missed`` came and went between two questions.
    """

    mark: int
    lags_seconds: list[float]
    refused: int
    missed: int


class WebhookCounts(TypedDict):
    """How many webhooks have ended, and how many are queued or under way."""

    ended: int
    pending: int


class Health(TypedDict):
    """That it runs, and how much of everything there is; messages by status."""

    status: str
    account_sid: str
    scenario: str
    seed: int
    now: str | None
    messages: dict[str, int]
    evicted: int
    webhooks: WebhookCounts
    unknown_routes: dict[str, int]


class Problems(TypedDict):
    """What is wrong, one line each."""

    problems: list[str]
