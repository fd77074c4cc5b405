"""Tests of which URLs are tried."""

from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.workbench.address_guesses import MOST_CHARACTERS, MOST_HOSTS, address_guesses
from fake_twilio.domain.webhooks.workbench.forwarded import Forwarded

NO_PROXY = Forwarded()
URL = "https://app.example.com/sms?a=1&b=2"


@given(st.text(st.sampled_from("htps:/.a0?&=%2Fé@#[] "), max_size=30))
def test_the_url_comes_first_and_each_other_once_with_what_is_different(text: str) -> None:
    first, *others = address_guesses(text, NO_PROXY)

    assert (first.text, first.differences) == (text, ())
    assert len({guess.text for guess in others} | {text}) == len(others) + 1
    assert all(1 <= len(guess.differences) <= 2 for guess in others)


def test_two_differences_are_tried_of_a_url_that_is_not_too_long() -> None:
    found = {guess.text: [one.what for one in guess.differences] for guess in address_guesses(URL, NO_PROXY)}

    assert found["http://app.example.com:8080/sms?a=1&b=2"] == ["http in place of https", "the port :8080"]
    long = address_guesses(URL + "x" * MOST_CHARACTERS, NO_PROXY)
    assert max(len(guess.differences) for guess in long) == 1


def test_not_every_host_of_a_long_list_is_tried() -> None:
    many = Forwarded(hosts=tuple(("host", f"h{number}") for number in range(50)))

    single = [guess for guess in address_guesses(URL, many) if len(guess.differences) == 1]

    assert sum("the host h" in guess.differences[0].what for guess in single) == MOST_HOSTS


def test_a_host_that_is_none_is_left_out() -> None:
    broken = Forwarded(hosts=(("host", "a]b"), ("host", "app.example.com")))

    assert address_guesses(URL, broken) == address_guesses(URL, NO_PROXY)


def test_a_port_of_the_proxy_is_tried() -> None:
    found = {
        guess.text: guess.differences[0].what for guess in address_guesses("https://h/", Forwarded(port="444"))[1:]
    }

    assert found["https://h:444/"] == "the port :444, as in x-forwarded-port"
