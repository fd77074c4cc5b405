"""Webhooks that were seen, in Redis, for many machines.

Each webhook and each message is a key of its own, which Redis drops when it has been kept for long enough. A lease goes
by the clock of the server, since those of the processes differ. How a callback moves a message is decided here and
written only if nobody wrote in between.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from twilio_sms.clock import Clock
from twilio_sms.domain.claim import Claim, Claimed
from twilio_sms.domain.delivery_track import DeliveryTrack, Recorded
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import Evidence, ValidationError, WebhookStoreError
from twilio_sms.stores.redis_durability import WEBHOOKS, DurableServer
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_script import NOW, WHOLE, Script, read_flag, read_list, read_text
from twilio_sms.stores.redis_server import RedisGone, RedisServer
from twilio_sms.stores.track_json import from_json, to_json
from twilio_sms.stores.webhook_terms import check_claim, kept_for

_TRIES = 100  # each time another process wrote in between: it got on, if this one did not
_AGAIN = Evidence(repeatable=True, attempts=0)

CLAIM = Script(
    NOW
    + WHOLE
    + """
local lease_us, keep_ms = tonumber(ARGV[1]), ARGV[2]
local known = redis.call('HMGET', KEYS[1], 'until', 'answer')
if known[2] then return {'done', known[2]} end
if known[1] and now < tonumber(known[1]) then return {'under-way', ''} end
local till = whole(now + lease_us)
redis.call('HSET', KEYS[1], 'until', till)
redis.call('PEXPIRE', KEYS[1], keep_ms)
return {'mine', till}
""",
    read_list,
)
FINISH = Script(
    """
local is_first = redis.call('HSETNX', KEYS[1], 'answer', ARGV[1])
if is_first == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return is_first
""",
    read_flag,
)
RELEASE = Script(
    """
local known = redis.call('HMGET', KEYS[1], 'until', 'answer')
if known[2] or (ARGV[1] ~= '' and ARGV[1] ~= known[1]) then return 0 end
return redis.call('DEL', KEYS[1])
""",
    read_flag,
)
FIND = Script("return redis.call('MGET', KEYS[1])", read_list)
KEEP = Script(
    """
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
""",
    read_flag,
)


class RedisWebhooks:
    """The webhooks of one application; any number of threads and processes may share them.

    *keep_days* is 7 or more; *clock* says when a callback was seen. Raises `ValidationError` if this Redis may lose
    what it is given, unless *allow_loss* says that it may: for tests and development. All methods raise
    `WebhookStoreError` if Redis does not answer, or holds what nobody wrote: answer 5xx then, so that Twilio comes
    again.
    """

    def __init__(
        self, server: RedisServer, keys: Keys, clock: Clock, *, keep_days: float = 7, allow_loss: bool = False
    ) -> None:
        self._keys = keys
        self._clock = clock
        self._keep_ms = kept_for(keep_days) // timedelta(milliseconds=1)
        durable = DurableServer(server, WEBHOOKS, WebhookStoreError, allow_loss=allow_loss)
        self._run = durable.run
        with suppress(RedisGone):  # then it is asked before anything is read or written
            durable.check(ValidationError)

    def claim(self, key: str, lease_seconds: float) -> Claim:
        """Claim *key* for so long, unless it is done or another one works on it."""
        check_claim(key, lease_seconds)
        lease_us = round(lease_seconds * 1e6)
        with self._told():
            return _claim(*self._run(CLAIM, [self._lease(key)], lease_us, self._keep_ms, insist=True))

    def finish(self, key: str, answer: str) -> None:
        """Note that the work on *key* is done, and its *answer*, unless that is known."""
        with self._told():
            self._run(FINISH, [self._lease(key)], answer, self._keep_ms, insist=True)

    def release(self, key: str, token: str = "") -> None:  # nosec B107 # whose claim it is, no secret
        """Give the claim of *key* back, with its *token* only that one."""
        with self._told():
            self._run(RELEASE, [self._lease(key)], token, insist=True)

    def record(self, update: StatusUpdate) -> Recorded:
        """Take what a status callback said."""
        with self._told():
            for _ in range(_TRIES):
                before = self._text_of(update.message_sid)
                known = from_json(before) if before else DeliveryTrack(update.message_sid)
                recorded = known.after(update, self._clock.now())
                if not recorded.is_new or self._keep(before, recorded.after):
                    return recorded
        raise WebhookStoreError("the message in Redis is written to all the time: try again", _AGAIN)

    def find(self, message_sid: str) -> DeliveryTrack | None:
        """Return what is known of a message."""
        with self._told():
            text = self._text_of(message_sid)
            return from_json(text) if text else None

    def close(self) -> None:
        """Do nothing: the connections belong to `RedisShared`."""

    def _text_of(self, message_sid: str) -> str:
        (text,) = self._run(FIND, [self._track(message_sid)], insist=True)
        return "" if text is None else read_text(text)

    def _keep(self, before: str, track: DeliveryTrack) -> bool:
        """Write *track* in the place of the text *before*; return false if another process wrote meanwhile."""
        return self._run(KEEP, [self._track(track.message_sid)], before, to_json(track), self._keep_ms, insist=True)

    def _lease(self, key: str) -> str:
        return self._keys.named("webhook", key)

    def _track(self, message_sid: str) -> str:
        return self._keys.named("track", message_sid)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what Redis says, and what cannot be read, into the one error of a store of webhooks."""
        try:
            yield
        except RedisGone as trouble:
            raise WebhookStoreError(f"the webhooks in Redis cannot be read or written: {trouble}", _AGAIN) from trouble
        except (ValueError, TypeError, LookupError) as error:
            raise WebhookStoreError("a webhook in Redis is damaged: delete its key", Evidence(attempts=0)) from error


def _claim(state: object, text: object) -> Claim:
    claimed = Claimed(read_text(state))
    return Claim(claimed, token=read_text(text)) if claimed is Claimed.MINE else Claim(claimed, read_text(text))
