"""Domain values as the admin API shows them; pure. Moments are ISO 8601 texts with their fractions."""

from datetime import UTC, datetime

from fake_twilio.accounts.opt_out_book import OptOut
from fake_twilio.admin import answers
from fake_twilio.delivery.webhook import Answer, Delivery, Webhook
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Event, Message
from fake_twilio.domain.rules.dials import Dial
from fake_twilio.domain.rules.scenario import Scenario


def moment(seconds: float | None) -> str | None:
    """Write a moment, in UTC."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def show_message(message: Message) -> answers.Message:
    """Return all that is known of a message, its timeline and the rule that it took included."""
    return {
        "sid": message.sid,
        "account_sid": message.account_sid,
        "messaging_service_sid": message.service_sid,
        "direction": message.direction,
        "sender": message.sender,
        "recipient": message.to,
        "body": message.body,
        "media_urls": list(message.media_urls),
        "segments": message.segments,
        "status": message.status,
        "error_code": message.error_code,
        "status_callback": message.status_callback,
        "rule": message.rule,
        "notes": list(message.notes),
        "options": [list(pair) for pair in message.options],
        "timeline": [_show_change(change.at, change.status, change.error_code) for change in message.timeline],
        "to_come": [{"status": step.status, "after_seconds": step.after_seconds} for step in message.plan],
    }


def show_event(event: Event) -> answers.Event:
    """Return what happened when time was moved."""
    return {"message_sid": event.message_sid, **_show_change(event.at, event.status, event.error_code)}


def show_delivery(delivery: Delivery) -> answers.Delivery:
    """Return an attempt to deliver a webhook, with what was signed and what came back."""
    return {
        **show_webhook(delivery.webhook),
        "method": delivery.method,
        "url": delivery.url,
        "attempt": delivery.attempt,
        "signed": delivery.signed,
        "signature": delivery.signature,
        "failure": delivery.failure,
        "notes": [note.text for note in delivery.notes],
        "answer": _show_answer(delivery.answer),
    }


def show_webhook(webhook: Webhook) -> answers.Webhook:
    """Return a webhook that waits or was delivered."""
    return {
        "token": webhook.token,
        "kind": webhook.kind,
        "message_sid": webhook.message_sid,
        "status": webhook.status,
        "method": webhook.method,
        "url": webhook.target,
        "parameters": [list(pair) for pair in webhook.form],
    }


def show_opt_out(opt_out: OptOut) -> answers.OptOut:
    """Return who does not hear from whom."""
    return {"recipient": opt_out.to, "sender": opt_out.sender, "since": moment(opt_out.since)}


def show_alert(alert: Alert) -> answers.Alert:
    """Return what went wrong."""
    return {
        "at": moment(alert.at),
        "code": alert.code,
        "title": alert.title,
        "message_sid": alert.message_sid,
        "url": alert.url,
    }


def show_fault(dial: Dial, share: float) -> answers.Fault:
    """Return a fault that can be turned up, and how far it is."""
    return {"name": dial.name, "concern": dial.concern, "about": dial.about, "share": share}


def show_scenario(scenario: Scenario) -> answers.Scenario:
    """Return what a scenario is about, and the names of its rules."""
    return {
        "name": scenario.name,
        "about": scenario.about,
        "numbers": list(scenario.numbers),
        "services": [service.sid for service in scenario.services],
        "rules": [rule.name for rule in scenario.rules],
    }


def _show_answer(answer: Answer) -> answers.Answer:
    return {
        "status": answer.status,
        "body": answer.body.decode("utf-8", "replace"),
        "is_cut": answer.is_cut,
        "error": answer.error,
        "seconds": answer.seconds,
    }


def _show_change(at: float, status: str, error_code: int | None) -> answers.Change:
    return {"at": moment(at), "status": status, "error_code": error_code}
