"""The failures that an app which sends messages has to live with, and how a test gets each of them.

A sign is what a run shows of a failure, such as ``refusal 21211``; one of its signs is enough.
"""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Where a failure shows."""

    REFUSAL = "refused requests"
    DELIVERY = "messages that do not arrive"
    WIRE = "faults on the wire"
    CALLBACK = "status callbacks that are not as expected"
    WEBHOOK = "an app that does not take webhooks"
    COURSE = "things that happen in between"


@dataclass(frozen=True, slots=True)
class ErrorPath:
    """One failure: *name* it is listed by, *about* it in a sentence, *how* to get it.

    *how* is what a scenario says, or, if not *is_scenario*, what to do in words.
    """

    name: str
    family: Family
    about: str
    how: str
    signs: frozenset[str]
    is_scenario: bool = True

    @property
    def scenario(self) -> str | None:
        """The whole file of a scenario that brings it about, and otherwise delivers; ``None`` if none does."""
        return f"about: {self.about}\ninclude: [delivered]\n{self.how}\n" if self.is_scenario else None


def _refused(name: str, code: int, about: str) -> ErrorPath:
    how = f"rules: [{{then: {{refuse: {code}}}}}]"
    return ErrorPath(name, Family.REFUSAL, about, how, frozenset({f"refusal {code}"}))


def _undelivered(name: str, code: int, about: str) -> ErrorPath:
    steps = f"{{status: sent, after: 1s}}, {{status: undelivered, after: 1s, error: {code}}}"
    return _ended(name, code, about, steps)


def _failed(name: str, code: int, about: str) -> ErrorPath:
    return _ended(name, code, about, f"{{status: failed, after: 1s, error: {code}}}")


def _ended(name: str, code: int, about: str, steps: str) -> ErrorPath:
    how = f"rules: [{{then: {{timeline: [{steps}]}}}}]"
    return ErrorPath(name, Family.DELIVERY, about, how, frozenset({f"error {code}"}))


def _broken(kind: str, about: str, request: str = "") -> ErrorPath:
    how = f"rules: [{{{request}then: {{fault: {{kind: {kind}}}}}}}]"
    return ErrorPath(kind, Family.WIRE, about, how, frozenset({f"fault {kind}"}))


def _told(name: str, wanted: str, about: str, *mischiefs: str) -> ErrorPath:
    how = f"rules: [{{then: {{callbacks: {{{wanted}}}}}}}]"
    signs = frozenset(f"callback {mischief}" for mischief in mischiefs or (name,))
    return ErrorPath(f"callback_{name}", Family.CALLBACK, about, how, signs)


def _untaken(name: str, about: str, how: str, *signs: str) -> ErrorPath:
    return ErrorPath(name, Family.WEBHOOK, about, how, frozenset(signs), is_scenario=False)


def _course(name: str, about: str, how: str, *, is_scenario: bool = True) -> ErrorPath:
    return ErrorPath(name, Family.COURSE, about, how, frozenset({name}), is_scenario)


_OUTAGE = (
    "phases: [{name: outage, from: 0s, until: 40s, "
    "rules: [{request: any, then: {refuse: {status: 503, retry_after: 3s}}}]}]"
)

ERROR_PATHS: tuple[ErrorPath, ...] = (
    _refused("invalid_recipient", 21211, "The recipient is no phone number (21211)."),
    _refused("region_not_enabled", 21408, "The account may not send to the recipient's country (21408)."),
    _refused("sender_not_owned", 21606, "The account has no such sender (21606)."),
    _refused("opted_out", 21610, "The recipient said STOP (21610)."),
    _refused("queue_full", 21611, "The sender's queue is full (21611)."),
    _refused("not_mobile", 21614, "The recipient is no mobile number (21614)."),
    _refused("bad_credentials", 20003, "The credentials are wrong or were rotated (20003)."),
    _refused("too_many_requests", 20429, "There are too many requests at one time (20429)."),
    ErrorPath(
        "retry_after",
        Family.REFUSAL,
        "Twilio says with Retry-After when to come back.",
        "rules: [{request: any, when: {first: 1}, then: {refuse: {code: 20429, retry_after: 2s}}}]",
        frozenset({"retry_after"}),
    ),
    _refused("server_error", 20500, "Twilio has an internal error (20500)."),
    _refused("unavailable", 20503, "Twilio is not available (20503)."),
    _failed("queue_overflow", 30001, "A messaging service has queued more than it may (30001)."),
    _failed("account_suspended", 30002, "The account was suspended after the message was taken (30002)."),
    _undelivered("unreachable_handset", 30003, "The recipient's phone is off or out of reach (30003)."),
    _undelivered("message_blocked", 30004, "The recipient or the carrier blocks the message (30004)."),
    _undelivered("unknown_handset", 30005, "The recipient's number is not in use (30005)."),
    _undelivered("landline", 30006, "The recipient has a landline (30006)."),
    _undelivered("carrier_filter", 30007, "The carrier filters the message (30007)."),
    _undelivered("unknown_error", 30008, "The message is lost and nobody knows why (30008)."),
    _undelivered("carrier_rate_limit", 30022, "The campaign sends faster than its carrier allows (30022)."),
    _undelivered("unregistered_number", 30034, "The sender is not registered for A2P 10DLC (30034)."),
    _failed("expired", 30036, "The message waited longer than it may (30036)."),
    _broken("reset_before_reading", "The connection is reset before the request is read.", "request: any, "),
    _broken("reset", "The connection is reset after the request was read."),
    _broken("close", "The connection is closed without an answer."),
    _broken("hang", "No answer comes, and the app has to give up."),
    _broken("half_body", "Half of the answer comes."),
    _broken("wrong_length", "The answer is shorter than it says."),
    _broken("garbage", "What comes is no HTTP."),
    _broken("malformed_json", "The answer is no JSON."),
    _broken("html", "A proxy answers with a page of HTML and a 5xx."),
    ErrorPath(
        "commit_then_fail",
        Family.WIRE,
        "The message is taken and will be delivered, but the answer is lost.",
        "rules: [{then: {fault: {kind: reset, commit: true}}}]",
        frozenset({"committed"}),
    ),
    _told("late", "late: 90s", "A callback comes late."),
    _told("duplicate", "duplicate: 2", "A callback comes twice."),
    _told("disorder", "order: reversed", "Callbacks come in another order.", "shuffled", "reversed", "ordered"),
    _told("drop", "drop: 1.0", "A callback never comes."),
    _told("before_response", "before_response: true", "A callback comes before the answer to the request."),
    _told("regress", "regress: true", "After the last callback an earlier one comes again."),
    _told("bad_signature", "bad_signature: true", "A callback is signed wrongly."),
    _told("extra_parameters", "extra_parameters: true", "A callback has parameters that are new."),
    _told("missing_optional", "missing_optional: true", "A callback lacks what Twilio does not always send."),
    _untaken(
        "webhook_error",
        "The app answers a webhook with a 5xx.",
        "have the app answer with a 500: let its database fail, say",
        "webhook 5xx",
    ),
    _untaken(
        "webhook_too_slow",
        "The app's answer to a webhook comes too late.",
        'fake_twilio.mount(origin, app, takes="20s")',
        "webhook silent",
        "webhook partial",
    ),
    _untaken(
        "webhook_unreachable",
        "Nobody answers at the address of a webhook.",
        'send with status_callback="http://127.0.0.1:9/"',
        "webhook connect",
        "webhook broken",
    ),
    _untaken(
        "webhook_fallback",
        "The app's fallback address is asked, since the first one failed.",
        "a service with inbound_url and fallback_url in the scenario, the first of which answers with a 5xx",
        "fallback",
    ),
    _course("stop", "Somebody says STOP.", 'fake_twilio.receive(recipient, sender, "STOP")', is_scenario=False),
    _course(
        "stop_in_between",
        "Somebody says STOP after a message to them was taken and before it was sent (21610).",
        "schedule a message, have its recipient say STOP, then let time pass",
        is_scenario=False,
    ),
    _course("recovery", "Twilio is out of order for a while, and comes back.", _OUTAGE),
)
