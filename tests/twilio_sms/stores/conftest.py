"""A Redis for each test: a real one, or one that only plays it."""

from collections.abc import Iterator

import fakeredis
import pytest
from redis import Redis

from tests.doubles import HandClock
from tests.redis_doubles import HandConnection, server_on
from tests.redis_process import DURABLE, HAS_REDIS, WHY_NOT, RedisProcess
from twilio_sms.stores.redis_server import RedisServer


@pytest.fixture(scope="session")
def redis_process() -> Iterator[RedisProcess]:
    """Give a durable server for all tests; who kills one starts its own."""
    if not HAS_REDIS:
        pytest.skip(WHY_NOT)
    process = RedisProcess(*DURABLE)
    process.start()
    yield process
    process.end()


@pytest.fixture
def real_redis(redis_process: RedisProcess) -> Iterator[Redis]:
    """Give a client of the real server, which is empty."""
    with redis_process.client() as client:
        client.flushall()
        yield client


@pytest.fixture
def fake_redis() -> Iterator[Redis]:
    with fakeredis.FakeRedis() as client:
        yield client


@pytest.fixture(params=["real", "fake"])
def redis(request: pytest.FixtureRequest) -> Redis:
    """Give a client of an empty server, of both kinds."""
    client: Redis = request.getfixturevalue(f"{request.param}_redis")
    return client


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def connection(redis: Redis, clock: HandClock) -> HandConnection:
    """Give a connection to a server whose clock is that of the test."""
    return HandConnection(redis, clock)


@pytest.fixture
def server(connection: HandConnection, clock: HandClock) -> RedisServer:
    return server_on(connection, clock)
