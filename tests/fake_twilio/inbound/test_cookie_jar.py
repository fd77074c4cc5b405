"""Tests of the cookies of two numbers that talk, against Twilio's "TwiML for Programmable Messaging"."""

from fake_twilio.inbound.cookie_jar import IDLE_SECONDS, MAX_COOKIES, MAX_PAIRS, CookieJar
from tests.fake_twilio.doubles import RECIPIENT, SENDER

PAIR, OTHER_PAIR = (SENDER, RECIPIENT), (SENDER, "+15550000001")
ORIGIN = "http://a:80"


def make_jar(*headers: str, at: float = 0.0) -> CookieJar:
    jar = CookieJar()
    jar.keep(PAIR, ORIGIN, headers, at)
    return jar


def test_cookies_belong_to_a_pair_of_numbers_and_to_an_origin() -> None:
    jar = make_jar("a=1", "b=2; Path=/", "nonsense")

    assert jar.header(PAIR, ORIGIN, 1.0) == "a=1; b=2"
    assert (jar.header(OTHER_PAIR, ORIGIN, 1.0), jar.header(PAIR, "http://b:80", 1.0)) == (None, None)


def test_they_are_dropped_after_four_idle_hours() -> None:
    jar = make_jar("a=1")

    assert jar.header(PAIR, ORIGIN, IDLE_SECONDS - 1) == "a=1"
    assert jar.header(PAIR, ORIGIN, 2 * IDLE_SECONDS - 2) == "a=1"
    assert jar.header(PAIR, ORIGIN, 3 * IDLE_SECONDS - 2) is None
    assert jar.header(PAIR, ORIGIN, 3 * IDLE_SECONDS - 1) is None


def test_a_cookie_is_changed_ends_and_is_taken_away() -> None:
    jar = make_jar("a=1", "b=2; Max-Age=60", "c=3")

    jar.keep(PAIR, ORIGIN, ["a=4", "c=; Max-Age=0"], 1.0)

    assert jar.header(PAIR, ORIGIN, 59.0) == "b=2; a=4"
    assert jar.header(PAIR, ORIGIN, 60.0) == "a=4"


def test_a_jar_is_bounded() -> None:
    jar = make_jar(*(f"a{number}=1" for number in range(MAX_COOKIES + 5)))
    assert (jar.header(PAIR, ORIGIN, 1.0) or "").count("=") == MAX_COOKIES

    for number in range(MAX_PAIRS):
        jar.keep((SENDER, str(number)), ORIGIN, ["a=1"], 2.0)

    assert jar.header(PAIR, ORIGIN, 3.0) is None
    assert jar.header((SENDER, "0"), ORIGIN, 3.0) == "a=1"
