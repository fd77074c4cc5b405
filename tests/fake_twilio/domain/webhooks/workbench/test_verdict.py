"""What the official SDK has signed is damaged in each way there is: the workbench names that way."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.domain.webhooks.workbench.pasted import Reading
from fake_twilio.domain.webhooks.workbench.signatory import Signatory
from fake_twilio.domain.webhooks.workbench.verdict import Request, judge
from tests.fake_twilio.domain.webhooks.workbench.signing import (
    FORM,
    KEY,
    OTHER_TOKEN,
    SIGNATORIES,
    TOKEN,
    URL,
    changed,
    judged,
    said,
    signed,
    without,
)

BARE = "https://app.example.com/sms/in?shop=7&say=a+b%2Fc"
BODY = '{"status": "delivered", "to": "Grüße"}'
HASHED = f"https://app.example.com/events?bodySHA256={RequestValidator(TOKEN).compute_hash(BODY)}"

WRITTEN_ANEW = "single quote in query string, signed escaped"  # which only the SDK for Node takes

DAMAGED_URLS = {
    "http": (URL, URL.replace("https", "http"), ["https in place of http"]),
    "https": ("http://h:8080/", "https://h:8080/", ["http in place of https"]),
    "port dropped": (URL, BARE, ["the port :8443"]),
    "port of another": ("http://h:8080/a", "http://h:5000/a", ["the port :8080"]),
    "slash added": (URL, URL.replace("/in", "/in/"), ["no slash at the end of the path"]),
    "slash dropped": ("https://h/a/", "https://h/a", ["a slash at the end of the path"]),
    "slashes joined": ("https://h/a/b", "https://h//a//b", ["one slash in the path where there are more"]),
    "path decoded": ("https://h/caf%C3%A9", "https://h/café", ["the path percent-encoded"]),
    "path encoded": ("https://h/a:b", "https://h/a%3Ab", ["the path without escapes"]),
    "path in small letters": ("https://h/a%2Fb", "https://h/a%2fb", ["capitals in the escapes of the path"]),
    "query added": ("https://h/a", "https://h/a?utm=1&x=2", ["no query"]),
    "query lengthened": (URL, f"{URL}&utm=1", ["the query without utm"]),
    "query ordered": (URL, URL.replace("shop=7&say=a+b%2Fc", "say=a+b%2Fc&shop=7"), ["another order in the query"]),
    "query with %20": (URL, URL.replace("+", "%20"), ["+ in place of %20 in the query"]),
    "query with +": ("https://h/?a=b%20c", "https://h/?a=b+c", ["%20 in place of + in the query"]),
    "query decoded": ("https://h/?a=b%2Fc", "https://h/?a=b/c", ["the query percent-encoded"]),
    "query encoded": ("https://h/?a=b/c", "https://h/?a=b%2Fc", ["the query without escapes"]),
    "query in small letters": (URL, URL.replace("%2F", "%2f"), ["capitals in the escapes of the query"]),
    "query with =": ("https://h/?a&b=1", "https://h/?a=&b=1", ["no = behind names without a value in the query"]),
    "query without =": ("https://h/?a=&b=1", "https://h/?a&b=1", ["= behind names without a value in the query"]),
    "user and password": (URL, URL.replace("//", "//user:pass@"), ["the URL without user:password@"]),
    "fragment": (URL, f"{URL}#rc=2", ["the URL without what follows #"]),
    "host in capitals": (URL, URL.replace("app", "App"), ["the host in small letters"]),
    "blanks around": (URL, f" {URL}\n", ["the URL without blanks around it"]),
    "HTML": (URL, URL.replace("&", "&amp;"), ["& in place of &amp; in the URL"]),
    "two of the URL": (URL, BARE.replace("https", "http"), ["https in place of http", "the port :8443"]),
}


@pytest.mark.parametrize(("configured", "seen", "told"), DAMAGED_URLS.values(), ids=DAMAGED_URLS)
def test_what_happened_to_the_url_is_named(configured: str, seen: str, told: list[str]) -> None:
    verdict = judged(seen, signature=signed(configured))

    assert (verdict.is_match, said(verdict)) == (False, told)
    assert verdict.found.match
    assert verdict.found.match.url == configured


WITHOUT_BLANKS = tuple(pair for pair in FORM if pair[1])
DAMAGED_FORMS: dict[str, tuple[Form | str, list[str]]] = {
    "plus read as a blank": (
        tuple((name, value.replace("+", " ")) for name, value in FORM),
        ["From, To with a + in place of the blank that comes first"],
    ),
    "one plus": (changed("To", " 15005550006"), ["To with a + in place of the blank that comes first"]),
    "lost": (without("ApiVersion"), ["the parameter ApiVersion=2010-04-01"]),
    "added": ((*FORM, ("csrf", "x")), ["no parameter csrf"]),
    "blanks dropped": (WITHOUT_BLANKS, ["FromCity with nothing in it"]),
    "two added": ((*FORM, ("a", ""), ("b", "")), ["no parameter a", "no parameter b"]),
    "null": (changed("FromCity", "null"), ["FromCity blank"]),
    "latin-1": (changed("Body", "GrÃ¼Ã\x9fe an alle"), ["Body read as UTF-8, not as latin-1"]),
    "windows-1252": (changed("Body", "GrÃ¼ÃŸe an alle"), ["Body read as UTF-8, not as windows-1252"]),
    "NFD": (changed("Body", "Gru\u0308ße an alle"), ["Body with letters and accents as one"]),
    "no-break": (changed("Body", "Grüße\u00a0an alle"), ["Body with blanks that may break"]),
    "around": (changed("Body", " Grüße an alle\n"), ["Body without blanks around"]),
    "HTML": (changed("Body", "Gr&uuml;&szlig;e an alle"), ["Body without HTML escapes"]),
    "encoded twice": (changed("From", "%2B15551234567"), ["From percent-decoded"]),
    "none": ((), []),
    "not read": (json.dumps(dict(FORM))[1:], []),
}


@pytest.mark.parametrize(("form", "told"), DAMAGED_FORMS.values(), ids=DAMAGED_FORMS)
def test_what_happened_to_the_parameters_is_named(form: Form | str, told: list[str]) -> None:
    verdict = judged(form=form)

    assert (verdict.is_match, said(verdict)) == (False, told)


TRIMMED = {
    "a blank behind": ("hello ", "Body with a blank at its end"),
    "a blank before": (" hello", "Body with a blank before it"),
    "a line feed": ("hello\n", "Body with a line feed at its end"),
}


@pytest.mark.parametrize(("sent", "told"), TRIMMED.values(), ids=TRIMMED)
def test_what_was_trimmed_is_named(sent: str, told: str) -> None:
    assert said(judged(form=changed("Body", "hello"), signature=signed(form=changed("Body", sent)))) == [told]


UNDONE = {
    "decoded twice": ("1+1 = 2", "1 1   2", []),
    "a plus in a text": ("1+1", "1 1", ["Body with a + in place of each blank"]),
    "escapes in a text": ("50%25", "50%", ["Body percent-encoded"]),
    "line feeds": ("a\nb", "a\r\nb", ["Body with line feeds alone"]),
    "CR LF": ("a\r\nb", "a\nb", ["Body with CR LF for line feeds"]),
    "NFC": ("u\u0308", "ü", ["Body with letters and accents apart"]),
}


@pytest.mark.parametrize(("sent", "seen", "told"), UNDONE.values(), ids=UNDONE)
def test_what_a_text_went_through_is_named(sent: str, seen: str, told: list[str]) -> None:
    assert said(judged(form=changed("Body", seen), signature=signed(form=changed("Body", sent)))) == told


def test_the_escapes_of_another_character_set_are_named() -> None:
    body = urlencode(FORM, encoding="latin-1")

    assert said(judged(form=body)) == ["the escapes read as latin-1"]


def test_one_of_the_url_and_one_of_the_parameters_are_named() -> None:
    verdict = judged(URL.replace("https", "http"), (*FORM, ("csrf", "x")))

    assert said(verdict) == ["https in place of http", "no parameter csrf"]


def test_a_signature_of_a_get_is_known_with_the_parameters_beside_the_url() -> None:
    asked = f"https://app.example.com/sms?{urlencode(FORM)}"

    assert judged(asked, (), signed(asked, ()), method="GET").is_match
    assert said(judged("https://app.example.com/sms", FORM, signed(asked, ()))) == ["the parameters in the query"]
    assert said(judged(asked, FORM, signed(asked, ()))) == ["nothing behind the URL"]
    assert said(judged(method="GET")) == ["the parameters behind the URL"]


def test_a_query_that_the_app_throws_together_with_the_form_is_named() -> None:
    url = "https://h/a?tenant=7"

    both = judged(url, (*FORM, ("tenant", "7")), signed(url))
    lost = judged("https://h/a", (*FORM, ("tenant", "7")), signed(url))
    asked = judged(url, FORM, signed("https://h/a", (*FORM, ("tenant", "7"))))

    assert said(both) == ["no parameter tenant"]
    assert said(lost) == ["tenant in the query, not among the parameters"]
    assert said(asked) == ["the query as parameters"]


HEADERS = "X-Forwarded-Host: app.example.com:8443\nX-Forwarded-Proto: https\nX-Forwarded-Prefix: /sms"
PROXIED = {
    "host": (
        URL.replace("app.example.com:8443", "10.0.0.1:5000"),
        "the host app.example.com:8443, as in x-forwarded-host",
    ),
    "host and scheme": (
        URL.replace("https://app.example.com:8443", "http://10.0.0.1:5000"),
        "https://app.example.com:8443, as in x-forwarded-host and x-forwarded-proto",
    ),
    "prefix": (URL.replace("/sms/in", "/in"), "the path below /sms, as in x-forwarded-prefix"),
    "the path alone": (
        URL.partition(":8443")[2],
        "the URL from its beginning, https://app.example.com:8443, not the path alone",
    ),
}


@pytest.mark.parametrize(("seen", "told"), PROXIED.values(), ids=PROXIED)
def test_what_a_proxy_says_is_tried(seen: str, told: str) -> None:
    assert said(judged(seen, headers=HEADERS)) == [told]
    assert told not in said(judged(seen))


def test_another_signer_is_named_and_its_secret_is_not_told() -> None:
    other = judged(signature=signed(token=OTHER_TOKEN))
    key = judged(signature=signed(token=KEY.secret, algorithm=KEY.algorithm))
    with_url = judged(BARE, signature=signed(token=OTHER_TOKEN))

    assert said(other) == ["another token, in place of the right token"]
    assert said(key) == ["a shared key, in place of the right token"]
    assert said(with_url) == ["the port :8443", "another token, in place of the right token"]
    assert not any(secret in repr((other, key)) for secret in (TOKEN, OTHER_TOKEN, KEY.secret))


def test_a_json_body_is_held_against_the_hash_in_the_url() -> None:
    signature = signed(HASHED, ())

    right, wrong = judged(HASHED, BODY, signature), judged(HASHED, "{}", signature)

    assert (right.is_match, right.is_body_right) == (True, True)
    assert (wrong.is_match, wrong.is_body_right, wrong.body) == (False, False, None)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (f"{BODY}\n", "the body without blanks around it"),
        (json.dumps(json.loads(BODY)), "the body with a blank behind , and :, its letters not escaped"),
        (json.dumps(json.loads(BODY), indent=2), "the body with a blank behind , and :, its letters not escaped"),
    ],
)
def test_what_happened_to_a_json_body_is_named(seen: str, told: str) -> None:
    verdict = judged(HASHED, seen, signed(HASHED, ()))

    assert (verdict.is_match, said(verdict)) == (False, [told])


def test_a_hash_that_was_dropped_from_the_url_is_put_back() -> None:
    bare = HASHED.partition("?")[0]

    assert said(judged(bare, BODY, signed(HASHED, ()))) == ["the URL with the bodySHA256 of the body"]


OWN_SIGNERS = {
    "as they came": ("".join(map("".join, FORM)), "the parameters in the order in which they came"),
    "the body": (urlencode(FORM), "the body as it came, not read as parameters"),
    "sorted wrongly": (
        "".join(sorted(map("".join, (*FORM, ("Bod", "z"))))),
        "the parameters in the order of name and value as one text",
    ),
}


@pytest.mark.parametrize(("tail", "told"), OWN_SIGNERS.values(), ids=OWN_SIGNERS)
def test_what_a_signer_of_ones_own_did_is_named(tail: str, told: str) -> None:
    form = (*FORM, ("Bod", "z")) if "Bodz" in tail else FORM

    assert said(judged(form=form, signature=signed(URL + tail, ()))) == [told]


def test_a_signature_of_something_else_is_none_of_them() -> None:
    verdict = judged(signature=signed("https://elsewhere.example/", ()))

    assert (verdict.is_match, verdict.found.match, said(verdict)) == (False, None, [])
    assert verdict.found.is_complete
    assert verdict.found.tries > 1000


def test_without_a_signature_what_belongs_to_it_is_told() -> None:
    verdict = judge(Request("POST", URL, urlencode(FORM), " "), SIGNATORIES)

    assert (verdict.is_match, verdict.found.tries) == (False, 0)
    assert verdict.signature == signed()


def test_how_the_parameters_were_read_follows_from_the_url() -> None:
    assert Request("POST", HASHED, BODY, "").read().reading is Reading.BODY
    assert Request("POST", URL, BODY, "").read().reading is Reading.OBJECT


VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[4] / "vectors/signature_vectors.json").read_text("utf-8")
)["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_what_is_known_of_twilio_holds_here(vector: dict[str, Any]) -> None:
    body = vector.get("body") or json.dumps(vector["params"])
    request = Request(vector["method"], vector["request_url"], body, vector["signature"])

    verdict = judge(request, [Signatory("the token", AuthToken(vector["token"]))])

    assert verdict.is_match == (vector["valid"] and vector["name"] not in WRITTEN_ANEW)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
FORMS = st.lists(st.tuples(TEXT, TEXT), max_size=6).map(tuple)
HOSTS = st.sampled_from(["h", "app.example.com"])
PORTS = st.sampled_from(["", ":80", ":443", ":8080"])
PATHS = st.sampled_from(["", "/", "/a/", "/a%20b", "/é"])
QUERIES = st.sampled_from(["", "?x=1", "?x=%2F&y=a+b", "?bodySHA256=0"])
URLS = st.builds("{}://{}{}{}{}".format, st.sampled_from(["http", "https"]), HOSTS, PORTS, PATHS, QUERIES)
SCRIPTS: Any = st.sampled_from([TOKEN, OTHER_TOKEN])


@given(URLS, URLS, FORMS, FORMS, SCRIPTS, st.booleans())
def test_what_the_official_validator_takes_is_a_match_and_nothing_else_is(
    signed_url: str, url: str, signed_form: Form, form: Form, token: str, is_kept: bool
) -> None:
    signature = signed(signed_url, signed_form, token)
    seen = signed_form if is_kept else form

    verdict = judged(url, seen, signature)

    assert verdict.is_match == RequestValidator(TOKEN).validate(url, MultiDict(seen), signature)


TREES = st.dictionaries(TEXT, st.one_of(TEXT, st.integers(), st.none()), max_size=3)


@given(TREES, TREES, st.booleans())
def test_what_the_official_validator_takes_of_a_json_body_is_a_match(
    hashed: dict[str, Any], sent: dict[str, Any], is_kept: bool
) -> None:
    text, seen = json.dumps(hashed), json.dumps(hashed if is_kept else sent)
    url = f"https://h/e?bodySHA256={RequestValidator(TOKEN).compute_hash(text)}"
    signature = signed(url, ())

    assert judged(url, seen, signature).is_match == RequestValidator(TOKEN).validate(url, seen, signature)
