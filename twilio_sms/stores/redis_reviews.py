"""The review list in Redis: a hash of texts by the SID of their message."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from twilio_sms.domain.review import Reason, Review
from twilio_sms.stores.opt_out_chain import to_text_of_time
from twilio_sms.stores.redis_script import Script, read_flag, read_list, read_text

T = TypeVar("T")


def to_json(review: Review) -> str:
    settled = review.settled_time
    return json.dumps(
        {
            "sid": review.sid,
            "number": review.number,
            "to": review.to,
            "body": review.body,
            "reason": str(review.reason),
            "received_time": to_text_of_time(review.received_time),
            "service": review.service,
            "settled_time": to_text_of_time(settled) if settled else None,
            "actor": review.actor,
            "note": review.note,
        }
    )


def from_json(text: str) -> Review:
    """Read what `to_json` wrote; raise `ValueError` or `TypeError` for anything else."""
    fields = json.loads(text)
    if not isinstance(fields, dict):
        raise ValueError("a review is a JSON object")  # noqa: TRY004 - what came is wrong, not a type of ours
    settled = fields.pop("settled_time", None)
    return Review(
        reason=Reason(fields.pop("reason", None)),
        received_time=datetime.fromisoformat(fields.pop("received_time", "")),
        settled_time=datetime.fromisoformat(settled) if settled else None,
        **fields,
    )


ADD = Script("return redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])", read_flag)
ALL = Script("return redis.call('HVALS', KEYS[1])", read_list)
FIND = Script("return redis.call('HMGET', KEYS[1], ARGV[1])", read_list)
REPLACE = Script(
    """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
""",
    read_flag,
)


class Run(Protocol):
    """Runs a script on the server; see `RedisServer.run`."""

    def __call__(self, script: Script[T], keys: Sequence[str], /, *arguments: str, insist: bool) -> T: ...


class RedisReviews:
    """The texts that wait for a person. Each method raises what *run* raises, and `ValueError` for a damaged text."""

    def __init__(self, run: Run, key: str) -> None:
        self._run = run
        self._key = key

    def add(self, review: Review) -> bool:
        """Put *review* on the list; return whether its message was not there yet."""
        return self._run(ADD, [self._key], review.sid, to_json(review), insist=True)

    def all(self) -> tuple[Review, ...]:
        """Return all, oldest first, settled ones too."""
        found = [from_json(read_text(text)) for text in self._run(ALL, [self._key], insist=False)]
        return tuple(sorted(found, key=lambda review: (review.received_time, review.sid)))

    def settle(self, sid: str, moment: datetime, actor: str | None, note: str | None) -> bool:
        """Note that *actor* settled it; return whether it was open. Of two who do it at once, one did."""
        (text,) = self._run(FIND, [self._key], sid, insist=True)
        if text is None:
            return False
        before = read_text(text)
        review = from_json(before)
        if review.is_settled:
            return False
        after = to_json(replace(review, settled_time=moment, actor=actor, note=note))
        return self._run(REPLACE, [self._key], sid, before, after, insist=True)
