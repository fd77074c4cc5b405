"""The loss of Redis is told once, its return is looked for once a second, and what is late changes nothing."""

import logging

import pytest

from tests.redis_doubles import HandConnection, server_on
from twilio_sms.stores.redis_script import Script, read_integer
from twilio_sms.stores.redis_server import RedisGone

ONE = Script("return 1", read_integer)


def lose(server, connection):
    connection.is_gone = True
    with pytest.raises(RedisGone):
        server.run(ONE, [])


def warnings(caplog):
    return [record.message.split(",")[0].split(":")[0] for record in caplog.records]


def test_a_script_runs_and_its_answer_is_read(server):
    assert server.run(ONE, []) == 1
    assert server.is_up()


def test_an_outage_is_told_once_and_so_is_its_end(server, connection, clock, caplog):
    lose(server, connection)
    clock.sleep(1)
    lose(server, connection)
    connection.is_gone = False
    clock.sleep(1)

    server.run(ONE, [])

    assert warnings(caplog) == ["Redis is gone", "Redis is back"]
    assert {record.levelno for record in caplog.records} == {logging.WARNING}


def test_in_an_outage_one_call_in_half_a_second_asks_and_the_others_do_not_wait(server, connection, clock):
    lose(server, connection)
    before = connection.runs

    for _ in range(21):
        clock.sleep(0.1)
        lose(server, connection)

    assert connection.runs == before + 4


def test_it_is_back_with_the_first_probe_that_is_answered(server, connection, clock):
    lose(server, connection)
    connection.is_gone = False

    seen = [server.is_up(), clock.sleep(0.5), server.is_up()]

    assert seen == [False, None, True]


def test_for_a_second_others_may_not_have_found_out_yet(server, connection, clock):
    seen = [server.is_just_back()]
    lose(server, connection)
    seen.append(server.is_just_back())
    connection.is_gone = False
    server.setting("appendonly")

    seen += [
        server.is_just_back(),
        clock.sleep(0.999),
        server.is_just_back(),
        clock.sleep(0.001),
        server.is_just_back(),
    ]

    assert seen == [False, False, True, None, True, None, False]


def test_a_server_that_answers_and_cannot_write_is_not_back(real_redis, clock):
    connection = HandConnection(real_redis)
    server = server_on(connection, clock)
    lose(server, connection)
    connection.is_gone = False
    clock.sleep(1)

    real_redis.config_set("maxmemory", 1)
    is_up = server.is_up()
    real_redis.config_set("maxmemory", 0)

    assert not is_up


def test_who_insists_asks_in_an_outage_too_and_so_finds_that_it_is_over(server, connection):
    lose(server, connection)
    connection.is_gone = False

    assert server.run(ONE, [], insist=True) == 1
    assert server.is_up()


def test_who_insists_in_vain_ends_no_outage(server, connection):
    lose(server, connection)

    with pytest.raises(RedisGone):
        server.run(ONE, [], insist=True)

    assert (server.is_up(), server.spell) == (False, 1)


def test_each_loss_and_each_return_begins_a_spell(server, connection):
    spells = [server.spell]

    lose(server, connection)
    spells.append(server.spell)
    connection.is_gone = False
    server.setting("appendonly")
    spells.append(server.spell)

    assert spells == [0, 1, 2]


def test_a_failure_that_comes_after_the_return_begins_no_outage(connection, clock):
    server = server_on(connection, clock)

    class Late:
        """Fails after Redis was lost and found by others."""

        def run(self, script, keys, arguments):
            server._begin_spell(0)
            server._begin_spell(1)
            raise RedisGone("late")

    server._connection = Late()
    with pytest.raises(RedisGone, match="late"):
        server.run(ONE, [])

    assert (server.spell, server.is_up()) == (2, True)
