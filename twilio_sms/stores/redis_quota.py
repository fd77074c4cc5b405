"""How many retries the calls of all processes may make together.

A key that is not there is a full quota, so while all is well nothing is written. While Redis is gone each process has a
share of its own, which stays what it is from one outage to the next.
"""

from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.stores.redis_script import Script, read_flag, read_integer
from twilio_sms.stores.redis_server import RedisGone, RedisServer

# A quota that nobody touches for a day is full again: the storm that it was to weather is over.
_LIFE_MS = 24 * 3600 * 1000

TAKE = Script(
    """
local capacity, cost, life = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local tokens = tonumber(redis.call('GET', KEYS[1])) or capacity
if tokens < cost then return 0 end
redis.call('SET', KEYS[1], tokens - cost, 'PX', life)
return 1
""",
    read_flag,
)
EARN = Script(
    """
local capacity, gain, life = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local tokens = tonumber(redis.call('GET', KEYS[1])) or capacity
if tokens + gain < capacity then
  redis.call('SET', KEYS[1], tokens + gain, 'PX', life)
elseif tokens < capacity then
  redis.call('DEL', KEYS[1])
end
return math.min(capacity, tokens + gain)
""",
    read_integer,
)


class RedisQuota:
    """The retry quota of one scope; *local* takes over while Redis is gone. *full* says how large the quota is."""

    def __init__(self, server: RedisServer, key: str, full: RetryQuota, local: RetryQuota) -> None:
        self._server = server
        self._key = key
        self._full = full
        self._local = local

    def take(self) -> bool:
        """Pay for one retry; return whether there was enough."""
        try:
            return self._server.run(TAKE, [self._key], self._full.capacity, self._full.retry_cost, _LIFE_MS)
        except RedisGone:
            return self._local.take()

    def on_success(self) -> None:
        """Earn what a call that succeeded earns."""
        try:
            self._server.run(EARN, [self._key], self._full.capacity, self._full.success_gain, _LIFE_MS)
        except RedisGone:
            self._local.on_success()
