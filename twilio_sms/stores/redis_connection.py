"""Connections to a Redis server: the only file that needs the package redis.

Nothing is tried twice. Who waits for a limit, or wants to send, must learn within a second that Redis is gone, so the
time to connect and the time for an answer are short, and redis-py's own retries are off. A script that was sent and not
answered may have run: tokens may be spent that nobody used, which is the safe side.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Self, TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError, ResponseError
from redis.retry import Retry

from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.stores.redis_script import Script
from twilio_sms.stores.redis_server import RedisGone

T = TypeVar("T")


class RedisConnection:
    """A pool of connections; any number of threads may share it, and a forked child makes its own."""

    def __init__(self, make_client: Callable[[], Redis]) -> None:
        self._make_client = make_client
        self._client = make_client()
        tell_of_forks(self)

    @classmethod
    def to(cls, url: str, timeout_seconds: float) -> Self:
        """Return connections to *url* (``redis://``, ``rediss://``, ``unix://``), made when they are needed.

        Raises `ValidationError` for what is no such address.
        """
        make_client = partial(_client, url, timeout_seconds)
        try:
            return cls(make_client)
        except (ValueError, AttributeError):  # its text may hold the password; what is no text has no scheme
            raise ValidationError("url must be redis://host:port, rediss://host:port or unix:///path") from None

    def begin_anew(self) -> None:
        self._client = self._make_client()

    def run(self, script: Script[T], keys: Sequence[str], arguments: Sequence[str | int]) -> T:
        """Run *script*, which the server knows by its digest, or is told when it has forgotten it."""
        call = (*keys, *map(str, arguments))
        with _translated():
            try:
                reply = self._client.evalsha(script.sha1, len(keys), *call)
            except NoScriptError:
                reply = self._client.eval(script.text, len(keys), *call)
            return script.read(reply)

    def setting(self, name: str) -> str | None:
        """Return a setting; ``None`` if the server does not tell it: a hosted one often forbids to ask."""
        with _translated():
            try:
                found = self._client.config_get(name)
            except ResponseError:
                return None
            return found.get(name)

    def close(self) -> None:
        """Close the connections that are kept; using this again makes new ones."""
        self._client.connection_pool.disconnect()


def _client(url: str, timeout_seconds: float) -> Redis:
    return Redis.from_url(
        url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        retry=Retry(NoBackoff(), 0),
        protocol=2,  # what all versions speak; 3 costs another round trip to agree on it
    )


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever redis-py, the network or an odd answer says into `RedisGone`."""
    try:
        yield
    except (RedisError, OSError, ValueError, TypeError) as error:
        raise RedisGone(f"{type(error).__name__}: {error}") from error
