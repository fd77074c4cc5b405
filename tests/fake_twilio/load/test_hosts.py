import pytest

from fake_twilio.load.errors import LoadError
from fake_twilio.load.hosts import check_host, is_loopback

TWILIOS = [
    "https://api.twilio.com",
    "https://twilio.com",
    "http://API.Twilio.COM",
    "https://api.twilio.com.",
    "https://api.twilio.com...",
    "https://api.dublin.ie1.twilio.com:443/2010-04-01",
    "https://127.0.0.1@api.twilio.com",
    "http://user:word@api.twilio.com:8080/",
    "https://api.%74wilio.com",
    "https://api.twilio%2Ecom",
    "https://api.\uff54\uff57\uff49\uff4c\uff49\uff4f.com",
    "https://api\u3002twilio\u3002com",
    "https://api.xn--twilio-.com",
    "https://api.TWI\u00adLIO.com",
    "https://127.0.0.1\\@api.twilio.com/",
    "  https://api.twilio.com  ",
    "https://api.twi\tlio.com",
]


@pytest.mark.parametrize("is_own", [False, True])
@pytest.mark.parametrize("url", TWILIOS)
def test_twilio_is_refused_however_it_is_written(url: str, is_own: bool) -> None:
    with pytest.raises(LoadError, match="a load never goes to Twilio"):
        check_host(url, is_own)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://127.0.0.1:7670", "http://127.0.0.1:7670"),
        ("http://127.0.0.1:7670/", "http://127.0.0.1:7670"),
        ("http://127.9.9.9:1", "http://127.9.9.9:1"),
        ("http://localhost:7670/fake", "http://localhost:7670/fake"),
        ("https://LOCALHOST.", "https://LOCALHOST."),
        ("http://[::1]:7670", "http://[::1]:7670"),
    ],
)
def test_this_machine_is_taken(url: str, base: str) -> None:
    assert check_host(url, is_own=False) == base


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1:7670",
        "http://fake.test",
        "http://localhost.test",
        "http://127.0.0.1.test",
        "http://nottwilio.com",
        "http://twilio.com.test",
        "http://[2001:db8::1]:7670",
        "http://0.0.0.0:7670",
        "http://0x7f.1",
        "http://2130706433",
        "http://127.0.0.1.",
        "http://localhost..",
        "http://xn--localhost-",
        "http://xn--127-.0.0.1",
        "http://%6cocalhost",
        "http://\u24dbocalhost",
        "http://\u2460\u2461\u2466.0.0.1",
    ],
)
def test_another_machine_is_taken_from_its_owner_alone(url: str) -> None:
    assert check_host(url, is_own=True) == url
    with pytest.raises(LoadError, match="add --i-own-this-host if it is yours"):
        check_host(url, is_own=False)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "127.0.0.1:7670",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1:0",
        "http://127.0.0.1:x",
        "http://[::",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(LoadError, match=r"^--host must be .*127\.0\.0\.1:7670"):
        check_host(url, is_own=True)


@pytest.mark.parametrize("url", [None, 7670, b"http://127.0.0.1"])
def test_what_is_no_text_is_refused(url: object) -> None:
    with pytest.raises(LoadError, match="--host must be an address"):
        check_host(url, is_own=False)  # type: ignore[arg-type] # wrong on purpose


@pytest.mark.parametrize(
    "url", ["http://me:secret@127.0.0.1", "http://127.0.0.1/?a=secret", "http://127.0.0.1/#secret"]
)
def test_what_does_not_belong_into_a_base_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(LoadError, match="has more: shorten it") as caught:
        check_host(url, is_own=True)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["https://api.twilio.com", "sink", "", "http://127.0.0.1?x"])
def test_a_refusal_names_the_option(url: str) -> None:
    with pytest.raises(LoadError, match="--sink"):
        check_host(url, is_own=True, option="--sink")


def test_loopback_is_told_without_asking_anybody() -> None:
    assert is_loopback("localhost")
    assert not is_loopback("2130706433")
