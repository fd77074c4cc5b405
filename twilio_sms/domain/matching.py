"""Which message of a list is what became of a doubtful draft.

Twilio has no idempotency key, so a lost answer is looked for in the list of messages: one that looks like the draft
and is not older than its first try. Two drafts may look alike. Then their messages do, too, and either may have either:
what counts is that no message is given twice, and that is for who looks to see to. Who takes the first candidate that
nobody else has leaves the most for the others, whoever looks first: the oldest message fits the fewest of them, and one
without a date, which comes last, fits every draft and proves least.

What Twilio does to a message on its way into the list is allowed for: trailing spaces go, a trial account puts a text
in front, a messaging service chooses the sender later and may replace look-alikes by Smart Encoding. A draft that asks
for more than that (`is_recognisable`) is never found this way, which proves nothing about it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from twilio_sms.domain.draft import Draft
from twilio_sms.domain.look_alikes import LOOK_ALIKES
from twilio_sms.domain.message import Message

# Twilio, "How to use your free trial account": messages begin with this text.
_TRIAL_PREFIX = "Sent from your Twilio trial account - "
_DIRECTION = "outbound-api"  # Twilio, Message resource: "created via the API"; replies and calls are not ours
_DISGUISES: Mapping[str, Collection[str] | None] = {  # options, and the values that hide a message; None: any
    "ContentRetention": ("discard",),  # no body
    "AddressRetention": ("obfuscate",),  # no number
    "ShortenUrls": ("true",),  # another body
    "SmartEncoded": ("true",),  # another body
    "ContentSid": None,  # the body is made at Twilio
}


def is_recognisable(draft: Draft) -> bool:
    """Whether the message of *draft* looks like it in a list; if not, that none is found proves nothing."""
    return not any(
        name in _DISGUISES and (_DISGUISES[name] is None or value.lower() in (_DISGUISES[name] or ()))
        for name, value in draft.options
    )


def find_candidates(draft: Draft, messages: Iterable[Message], since: datetime, skew: timedelta) -> tuple[Message, ...]:
    """Return the messages that *draft* can have become, oldest first and those without a date last.

    *since* is when its first try began, on our clock; *skew* is how far Twilio's may be behind. Twilio dates by the
    second, so the limit is cut to one. A message that the list shows twice, since its pages moved on while they were
    read, counts once.
    """
    if not is_recognisable(draft):
        return ()
    earliest = (since - skew).replace(microsecond=0)
    fitting = {message.sid: message for message in messages if _fits(draft, message, earliest)}
    return tuple(sorted(fitting.values(), key=_age))


def _fits(draft: Draft, message: Message, earliest: datetime) -> bool:
    return (
        message.to == draft.to.e164
        and message.direction == _DIRECTION
        and (message.date_created is None or message.date_created >= earliest)
        and _is_from(draft, message)
        and _says(draft, message)
        and _has_media(draft, message)
    )


def _is_from(draft: Draft, message: Message) -> bool:
    """A messaging service names the sender when it has chosen one: ``from`` is null at first."""
    senders = {value for name, value in draft.options if name == "FallbackFrom"}
    if draft.sender is not None:
        senders.add(draft.sender.text)
    if draft.messaging_service_sid is None:
        return message.from_ in senders
    is_by_service = message.messaging_service_sid == draft.messaging_service_sid
    return is_by_service and (message.from_ is None or draft.sender is None or message.from_ in senders)


def _says(draft: Draft, message: Message) -> bool:
    wanted = (draft.body or "").rstrip()
    told = message.body.rstrip()
    if draft.messaging_service_sid is not None:  # Smart Encoding is a setting of the service, too
        wanted, told = wanted.translate(LOOK_ALIKES), told.translate(LOOK_ALIKES)
    return told in (wanted, (_TRIAL_PREFIX + wanted).rstrip())


def _has_media(draft: Draft, message: Message) -> bool:
    is_known = message.raw.get("num_media") is not None
    return not is_known or message.num_media == len(draft.media_urls)


def _age(message: Message) -> tuple[bool, float, str]:
    made = message.date_created
    return made is None, made.timestamp() if made else 0.0, message.sid
