"""On whatever form the fake signs, our client and the official SDK agree."""

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator as OfficialValidator

from fake_twilio.domain.webhooks.signature import sign, signed_string, signed_url
from tests.doubles import AUTH_TOKEN
from twilio_sms.webhooks.signature import RequestValidator

NAMES = st.text("abcABC_019", min_size=1, max_size=5)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FORMS = st.dictionaries(NAMES, VALUES, max_size=8)
URLS = st.builds(
    "{}://{}{}/{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.com", "127.0.0.1", "app.test"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text("abc/%20?=&+'", max_size=20).filter(lambda text: not text.startswith("/")),
).filter(lambda url: urlsplit(url).geturl() == url)  # the official validator drops a lone "?"


@given(URLS, FORMS)
def test_what_the_fake_signs_is_accepted_by_both_validators(url: str, form: dict[str, str]) -> None:
    signature = sign(AUTH_TOKEN, signed_string(signed_url(url), tuple(form.items())))

    assert RequestValidator(AUTH_TOKEN).validate(url, form, signature)
    assert OfficialValidator(AUTH_TOKEN).validate(url, form, signature)


@given(URLS, FORMS, st.integers(0, 27), st.sampled_from("ABCabc019+/"))
def test_a_changed_signature_is_refused_by_both(url: str, form: dict[str, str], at: int, sign_: str) -> None:
    signature = sign(AUTH_TOKEN, signed_string(signed_url(url), tuple(form.items())))
    forged = signature[:at] + sign_ + signature[at + 1 :]

    ours = RequestValidator(AUTH_TOKEN).validate(url, form, forged)

    assert ours == OfficialValidator(AUTH_TOKEN).validate(url, form, forged) == (forged == signature)
