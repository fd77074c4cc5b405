"""Servers for the parts that use Redis: one whose clock is moved by hand, and one that can be gone."""

from collections.abc import Sequence
from typing import TypeVar

from redis import Redis

from tests.doubles import HandClock
from twilio_sms.stores.redis_connection import RedisConnection
from twilio_sms.stores.redis_script import NOW, Script
from twilio_sms.stores.redis_server import RedisGone, RedisServer

T = TypeVar("T")
START_US = 1_767_225_600_000_000  # 2026-01-01
_NOW_BY_HAND = "local now = tonumber(table.remove(ARGV))\n"


class HandConnection:
    """Runs scripts on a real or fake server; by its own clock if it is given none.

    *is_gone* makes it fail, *settings* is what it tells of the server's.
    """

    def __init__(self, client: Redis, clock: HandClock | None = None) -> None:
        self._connection = RedisConnection(lambda: client)
        self._clock = clock
        self.set_back_us = 0
        self.is_gone = False
        self.settings: dict[str, str | None] = {}
        self.runs = self.asked_settings = 0

    def run(self, script: Script[T], keys: Sequence[str], arguments: Sequence[str | int]) -> T:
        self.runs += 1
        if self.is_gone:
            raise RedisGone("it is gone")
        if self._clock is None or NOW not in script.text:
            return self._connection.run(script, keys, arguments)
        by_hand = Script(script.text.replace(NOW, _NOW_BY_HAND), script.read)
        now_us = START_US + self._clock.monotonic_ns() // 1000 - self.set_back_us
        return self._connection.run(by_hand, keys, [*arguments, now_us])

    def setting(self, name: str) -> str | None:
        self.asked_settings += 1
        if self.is_gone:
            raise RedisGone("it is gone")
        return self.settings.get(name)


def server_on(connection: HandConnection, clock: HandClock) -> RedisServer:
    return RedisServer(connection, clock, "probe")
