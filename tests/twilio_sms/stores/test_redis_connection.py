"""A connection learns within a second that nobody answers, and says so in one way."""

import os
from time import monotonic

import pytest
from redis.exceptions import RedisError

from tests.redis_process import FORGETFUL, HAS_REDIS, WHY_NOT, RedisProcess
from twilio_sms.errors import ValidationError
from twilio_sms.stores.redis_connection import RedisConnection
from twilio_sms.stores.redis_script import Script, read_integer, read_text
from twilio_sms.stores.redis_server import RedisGone

TIMEOUT_SECONDS = 0.25
ONE = Script("return 1", read_integer)
COUNT = Script("return redis.call('INCR', KEYS[1])", read_integer)
ECHO = Script("return ARGV[1]", read_integer)


@pytest.fixture
def own_process():
    if not HAS_REDIS:
        pytest.skip(WHY_NOT)
    process = RedisProcess(*FORGETFUL)
    process.start()
    yield process
    process.end()


@pytest.fixture
def connection(redis_process, real_redis):
    connection = RedisConnection.to(redis_process.url, TIMEOUT_SECONDS)
    yield connection
    connection.close()


def test_a_script_runs_with_its_keys_and_arguments(connection):
    assert connection.run(ECHO, [], [41]) == 41


def test_a_server_that_forgot_the_script_is_told_it_again(connection, real_redis):
    connection.run(COUNT, ["n"], [])
    real_redis.script_flush()

    assert connection.run(COUNT, ["n"], []) == 2
    assert real_redis.script_exists(COUNT.sha1) == [True]


@pytest.mark.parametrize(
    "script",
    [Script("return redis.call('LPUSH', 'a')", read_integer), Script("return 'x'", read_integer)],
    ids=["fails", "odd answer"],
)
def test_a_script_that_fails_and_an_odd_answer_are_no_answer(connection, script):
    with pytest.raises(RedisGone):
        connection.run(script, [], [])


def test_a_setting_is_told(connection):
    assert connection.setting("appendonly") == "yes"
    assert connection.setting("no-such-thing") is None


def test_a_server_that_forbids_the_question_tells_no_setting(redis_process, real_redis):
    real_redis.execute_command("ACL", "SETUSER", "guest", "on", "nopass", "~*", "+@all", "-config")
    connection = RedisConnection.to(f"{redis_process.url}?username=guest&password=x", TIMEOUT_SECONDS)

    assert connection.setting("appendonly") is None
    connection.close()


def test_a_server_that_is_not_there_is_gone_at_once(tmp_path):
    connection = RedisConnection.to(f"unix://{tmp_path}/r.sock", TIMEOUT_SECONDS)

    with pytest.raises(RedisGone):
        connection.run(ONE, [], [])


@pytest.mark.parametrize("is_known", [True, False], ids=["kept", "new"])
def test_a_server_that_does_not_answer_is_gone_within_a_second(own_process, is_known):
    connection = RedisConnection.to(own_process.url, TIMEOUT_SECONDS)
    if is_known:
        connection.run(ONE, [], [])
    own_process.pause()

    began = monotonic()
    with pytest.raises(RedisGone):
        connection.run(ONE, [], [])
    seconds = monotonic() - began

    own_process.resume()
    connection.close()
    assert seconds <= 1.0


def test_an_answer_that_comes_late_is_not_taken_for_another(own_process):
    connection = RedisConnection.to(own_process.url, TIMEOUT_SECONDS)
    own_process.pause()
    with pytest.raises(RedisGone):
        connection.run(COUNT, ["n"], [])

    own_process.resume()

    assert connection.run(ECHO, [], [7]) == 7
    connection.close()


def test_a_server_that_was_killed_and_started_again_is_found_again(own_process):
    connection = RedisConnection.to(own_process.url, TIMEOUT_SECONDS)
    connection.run(ONE, [], [])

    own_process.kill()
    with pytest.raises(RedisGone):
        connection.run(ONE, [], [])
    own_process.start()

    assert connection.run(ONE, [], []) == 1
    connection.close()


def test_a_forked_child_has_connections_of_its_own(connection):
    pool, ours = connection._client.connection_pool, connection._client.client_id()

    child = os.fork()
    if not child:
        is_own = connection._client.connection_pool is not pool and connection._client.client_id() != ours
        os._exit(not is_own)
    _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert connection._client.client_id() == ours


@pytest.mark.parametrize("url", ["", "localhost", "http://user:secret@host", "redis://:secret@host:port"])
def test_what_is_no_address_is_refused_and_not_shown(url):
    with pytest.raises(ValidationError, match="redis://host:port") as refused:
        RedisConnection.to(url, TIMEOUT_SECONDS)

    assert "secret" not in str(refused.value)


def test_a_wrong_password_is_no_answer_and_is_not_shown(redis_process):
    connection = RedisConnection.to(redis_process.url.replace("unix://", "unix://:secret@"), TIMEOUT_SECONDS)

    with pytest.raises(RedisGone) as gone:
        connection.run(Script("return 'x'", read_text), [], [])

    assert isinstance(gone.value.__cause__, RedisError)
    assert "secret" not in str(gone.value)
