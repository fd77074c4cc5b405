"""Tests of webhooks into apps of this process; wsgiref's validator and a real server judge the environment."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from wsgiref.validate import validator

import pytest
from flask import Flask, request
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.delivery.exchange import MAX_ANSWER_BYTES
from fake_twilio.delivery.mounts import MountedApp, Mounts, Origin
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.webhook import Answer, Webhook
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.domain.webhooks.signature import sign, signed_string, signed_url
from fake_twilio.timing.clock import monotonic
from tests.fake_twilio.doubles import AUTH_TOKEN, make_webhook

URL = "https://app.test/status"
BY_SERVER = {"SERVER_NAME", "SERVER_PORT", "SERVER_SOFTWARE", "REMOTE_PORT", "HTTP_HOST", "wsgi.url_scheme"}
OF_THE_CLIENT = {"HTTP_ACCEPT_ENCODING", "HTTP_CONNECTION"}  # what a connection adds
Environ = dict[str, Any]


def posted(app: Callable[[Environ, Any], Iterable[bytes]], webhook: Webhook | None = None, takes: float = 0) -> Answer:
    return MountedApp(app, takes).post(webhook or make_webhook(url=URL))


def app_of(answer: Callable[[Request], Response]) -> Callable[[Environ, Any], Iterable[bytes]]:
    return Request.application(answer)


def signed_webhook(url: str, form: Form) -> Webhook:
    signature = sign(AUTH_TOKEN, signed_string(signed_url(url), form))
    return replace(make_webhook(url=url), form=form, signature=signature)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://app.test", Origin("https", "app.test", 443)),
        ("http://App.Test/", Origin("http", "app.test", 80)),
        ("https://app.test:8443", Origin("https", "app.test", 8443)),
        ("http://[::1]:5000", Origin("http", "::1", 5000)),
    ],
)
def test_an_origin_is_scheme_host_and_port(text: str, origin: Origin) -> None:
    assert Origin.parse(text) == origin


@pytest.mark.parametrize(
    "text",
    ["", "app.test", "ftp://app.test", "https://", "https://app.test/sms", "https://app.test?x", "https://u@app.test"],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        Origin.parse(text)


def test_an_app_answers_for_its_origin_and_the_network_for_the_rest() -> None:
    mounts = Mounts(lambda _webhook: Answer(status=418))
    mounts.mount("https://app.test", app_of(lambda _request: Response(status=204)))
    urls = [
        "https://app.test/status",
        "https://APP.test:443/other?x=1",
        "https://user:secret@app.test",
        "http://app.test/status",
        "https://app.test:8443/status",
        "https://app.test.evil.example/status",
        "http://[::1/",
        "http://app.test:99999/",
    ]

    answers = [mounts.post(make_webhook(url=url)).status for url in urls]

    assert answers == [204] * 3 + [418] * 5


@pytest.mark.parametrize("text", ["https://app.test", "http://app.test:8080", "http://[::1]:5000"])
def test_an_origin_is_written_as_it_was_given(text: str) -> None:
    assert str(Origin.parse(text)) == text


def test_where_no_app_is_found_those_that_are_mounted_are_named() -> None:
    mounts = Mounts(lambda _: Answer(error="gaierror: no such name", failure=Failure.CONNECT))
    elsewhere = make_webhook(url="https://ap.test/status")
    alone = mounts.post(elsewhere)

    mounts.mount("https://app.test", app_of(lambda _: Response()))

    assert alone.error == "gaierror: no such name"
    assert mounts.post(elsewhere).error == "gaierror: no such name; apps are mounted at https://app.test"


def test_an_app_on_the_network_is_not_taken_for_a_wrong_address() -> None:
    refused = Answer(error="TimeoutError: no answer", failure=Failure.SILENT)
    mounts = Mounts(lambda _: refused)

    mounts.mount("https://app.test", app_of(lambda _: Response()))

    assert mounts.post(make_webhook(url="https://other.test/status")) is refused


def test_what_cannot_be_called_is_no_app() -> None:
    mounts = Mounts(lambda _webhook: Answer(status=418))
    no_app: Any = "shop.wsgi:app"

    with pytest.raises(TypeError, match=r"a WSGI application for https://app\.test, not str"):
        mounts.mount("https://app.test", no_app)


def test_an_app_is_replaced_and_taken_away() -> None:
    mounts = Mounts(lambda _webhook: Answer(status=418))
    seen = []

    for status in (201, 202):
        mounts.mount("https://app.test", app_of(lambda _request, status=status: Response(status=status)))
        seen.append(mounts.post(make_webhook(url=URL)).status)
    mounts.unmount("https://APP.test:443")
    seen.append(mounts.post(make_webhook(url=URL)).status)

    assert seen == [201, 202, 418]
    with pytest.raises(LookupError):
        mounts.unmount("https://app.test")


def test_all_apps_are_taken_away() -> None:
    mounts = Mounts(lambda _webhook: Answer(status=418))
    mounts.mount("https://app.test", app_of(lambda _request: Response(status=204)))

    mounts.clear()

    assert mounts.post(make_webhook(url=URL)).status == 418


@pytest.mark.parametrize("url", ["https://app.test/status?x=1", "http://app.test:5000"])
def test_the_judge_of_the_standard_library_finds_nothing_wrong(url: str) -> None:
    def app(environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))]

    webhook = make_webhook(url=url)

    assert posted(validator(app), webhook) == Answer(status=200, body=webhook.body(), content_type="text/plain")


@pytest.mark.parametrize("rest", ["/status", "/status/%C3%A9/a%2Fb?x=1&y=%20+", "", "?x=1", "/a//b/?"])
def test_an_app_gets_what_it_would_get_over_http(httpserver: HTTPServer, rest: str) -> None:
    seen: list[Environ] = []

    def note(asked: Request) -> Response:
        body = asked.get_data()
        texts = {name: value for name, value in asked.environ.items() if isinstance(value, str)}
        seen.append(texts | {"body": body})
        return Response(status=204)

    httpserver.expect_request(re.compile(".*")).respond_with_handler(note)
    form = (("Body", "Grüße 👋 & =\n"), ("To", "+1555"), ("To", "+1556"))
    over_http = signed_webhook(httpserver.url_for("").rstrip("/") + rest, form)
    into_app = signed_webhook("https://app.test" + rest, form)

    Outbound(connections=1, monotonic=monotonic).post(replace(over_http, signature=into_app.signature))
    posted(app_of(note), into_app)

    wire, mounted = seen
    assert {name: value for name, value in mounted.items() if name not in BY_SERVER} == {
        name: value for name, value in wire.items() if name not in BY_SERVER | OF_THE_CLIENT
    }
    assert {name: mounted[name] for name in BY_SERVER & set(mounted)} == {
        "SERVER_NAME": "app.test",
        "SERVER_PORT": "443",
        "HTTP_HOST": "app.test",
        "wsgi.url_scheme": "https",
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://app.test/status",
        "https://app.test:8443/status",
        "http://app.test/a/b?shop=7&name=x%20y",
        "https://user:secret@app.test/status?x=1#rc=2",
    ],
)
def test_the_official_validator_accepts_the_signature_inside_the_app(url: str) -> None:
    app = Flask("customer")

    @app.post("/<path:_path>")
    def status(_path: str) -> tuple[str, int]:
        signature = request.headers["X-Twilio-Signature"]
        is_valid = RequestValidator(AUTH_TOKEN).validate(request.url, request.form, signature)
        return request.form["Body"], 200 if is_valid else 403

    answer = posted(app, signed_webhook(url, (("To", "+15551234567"), ("Body", "Grüße 👋 & =\n +"))))

    assert (answer.status, answer.body.decode()) == (200, "Grüße 👋 & =\n +")


DJANGO = """
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["app.test"], ROOT_URLCONF="__main__", SECRET_KEY="x")
import django
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from fake_twilio.delivery.mounts import MountedApp
from tests.fake_twilio.doubles import make_webhook

urlpatterns = [path("status", csrf_exempt(lambda asked: HttpResponse(
    f"{asked.build_absolute_uri()} {asked.POST['MessageStatus']} {asked.headers['X-Twilio-Signature']}")))]
print(MountedApp(get_wsgi_application()).post(make_webhook(url="https://app.test/status?x=1")).body.decode())
"""


def test_a_django_app_takes_a_webhook() -> None:
    done = subprocess.run([sys.executable, "-c", DJANGO], capture_output=True, text=True, check=True)

    assert done.stdout == "https://app.test/status?x=1 sent c2lnbmF0dXJl\n"


def test_a_get_has_no_body() -> None:
    answer = posted(
        app_of(lambda asked: Response(f"{asked.method} {asked.query_string.decode()} {asked.get_data()!r}")),
        replace(make_webhook(url=URL + "?x=1"), method="GET"),
    )

    assert answer.body == b"GET x=1&MessageStatus=sent&To=%2B15551234567 b''"


def test_a_broken_app_is_a_500_and_its_traceback_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def app(_environ: Environ, _start: Any) -> Iterable[bytes]:
        raise RuntimeError("oh no")

    answer = MountedApp(app).post(make_webhook(url=URL))

    assert (answer.status, answer.body) == (500, b"RuntimeError: oh no")
    assert "Traceback" in caplog.text
    assert "https://app.test/status" in caplog.text


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), pytest.fail.Exception("no")], ids=repr)
def test_not_even_an_exit_gets_out_of_an_app(error: BaseException) -> None:
    def app(_environ: Environ, _start: Any) -> Iterable[bytes]:
        raise error

    assert MountedApp(app).post(make_webhook(url=URL)).status == 500


def silent(_environ: Environ, _start: Any) -> Iterable[bytes]:
    return [b"x"]


def without_status(_environ: Environ, start: Any) -> Iterable[bytes]:
    start("OK", [])
    return [b"x"]


def no_bytes(_environ: Environ, start: Any) -> Iterable[Any]:
    start("200 OK", [])
    return ["text"]


@pytest.mark.parametrize("app", [silent, without_status, no_bytes])
def test_an_app_that_breaks_the_rules_of_wsgi_is_a_500(app: Any) -> None:
    assert MountedApp(app).post(make_webhook(url=URL)).status == 500


def test_an_app_may_change_its_mind_and_may_write() -> None:
    def app(_environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        start("503 Busy", [("Content-Type", "text/plain")], (None, None, None))(b"wr")
        return [b"it", b"ten"]

    assert MountedApp(app).post(make_webhook(url=URL)) == Answer(status=503, body=b"written", content_type="text/plain")


def test_an_answer_is_read_whole_up_to_twilios_limit() -> None:
    whole, large = (posted(app_of(lambda _r, n=n: Response(b"x" * (MAX_ANSWER_BYTES + n)))) for n in (0, 2))

    assert (len(whole.body), whole.is_cut) == (MAX_ANSWER_BYTES, False)
    assert (len(large.body), large.is_cut) == (MAX_ANSWER_BYTES, True)


def test_an_answer_without_an_end_is_not_read_to_it_and_is_told_so() -> None:
    sent: list[int] = []
    ended: list[str] = []

    def forever() -> Iterator[bytes]:
        try:
            while True:
                sent.append(1024)
                yield b"x" * 1024
        finally:
            ended.append("closed")

    answer = posted(app_of(lambda _request: Response(forever())))

    assert (answer.status, len(answer.body), answer.is_cut) == (200, MAX_ANSWER_BYTES, True)
    assert (sum(sent), ended) == (MAX_ANSWER_BYTES + 1024, ["closed"])


@pytest.mark.parametrize(
    ("takes", "answer"),
    [
        (0.0, Answer(status=204, content_type="text/plain; charset=utf-8")),
        (15.0, Answer(status=204, seconds=15.0, content_type="text/plain; charset=utf-8")),
        (20.0, Answer(error="TimeoutError: no answer within 15 s", failure=Failure.SILENT, seconds=15.0)),
    ],
)
def test_twilio_waits_fifteen_seconds_in_all(takes: float, answer: Answer) -> None:
    """Source: Twilio, "Webhooks connection overrides": the whole exchange takes 15 s at most."""
    asked: list[str] = []

    def app(request: Request) -> Response:
        asked.append(request.path)
        return Response(status=204)

    assert posted(app_of(app), takes=takes) == answer
    assert asked == ["/status"]


@pytest.mark.parametrize("headers", [[(None, "x")], [("X",)], None], ids=repr)
def test_an_app_that_starts_with_strange_headers_is_a_broken_app(headers: Any) -> None:
    def strange(_environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", headers)
        return [b"ok"]

    assert posted(strange).status == 500
