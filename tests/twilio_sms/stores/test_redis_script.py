"""A script is known by its digest, and what it returns is read strictly."""

import pytest

from twilio_sms.stores.redis_script import NOW, WHOLE, Script, read_flag, read_integer, read_list, read_text


def test_the_server_knows_a_script_by_the_digest_that_we_work_out(real_redis):
    script = Script("return 1", read_integer)

    assert real_redis.script_load(script.text) == script.sha1


def test_the_time_of_a_script_is_that_of_the_server_to_the_microsecond(redis):
    seconds, microseconds = redis.time()

    told = int(redis.eval(NOW + WHOLE + "return whole(now)", 0))

    assert 0 <= told - (seconds * 1_000_000 + microseconds) < 60_000_000


@pytest.mark.parametrize(
    ("read", "reply", "value"),
    [
        (read_integer, 7, 7),
        (read_integer, b"7", 7),
        (read_text, b"seven", "seven"),
        (read_list, [1], [1]),
        (read_flag, 1, True),
        (read_flag, 0, False),
    ],
)
def test_an_answer_is_read(read, reply, value):
    assert read(reply) == value


@pytest.mark.parametrize(
    ("read", "reply"),
    [(read_integer, None), (read_integer, b"x"), (read_text, 7), (read_text, b"\xff"), (read_list, b"1")],
)
def test_another_answer_is_refused(read, reply):
    with pytest.raises((ValueError, TypeError)):
        read(reply)
