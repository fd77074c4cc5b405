"""A request is read as it came, whatever server took it."""

import io
import subprocess
import sys
import threading
from http.client import HTTPConnection
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import setup_testing_defaults

import pytest
from requests.structures import CaseInsensitiveDict
from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler as WerkzeugHandler
from werkzeug.serving import make_server as make_werkzeug_server

from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.request import MAX_BODY_BYTES, WebhookRequest

FORM = "application/x-www-form-urlencoded"


def environ(**changes):
    values = {"REQUEST_METHOD": "POST", "wsgi.input": io.BytesIO(changes.pop("body", b"")), **changes}
    setup_testing_defaults(values)
    return values


class Piecemeal(io.RawIOBase):
    """A stream that gives a byte at a time, and counts what is taken."""

    def __init__(self, content):
        self.content = io.BytesIO(content)
        self.taken = 0

    def read(self, _size=-1):
        part = self.content.read(1)
        self.taken += len(part)
        return part


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        return


class SilentWerkzeug(WerkzeugHandler):
    def log(self, *_):
        return


@pytest.fixture(params=["wsgiref", "werkzeug"])
def port(request):
    """The port of a server that keeps the requests which it gets, on the fixture's ``seen``."""
    request.node.seen = seen = []

    def app(env, start_response):
        seen.append(WebhookRequest.from_wsgi(env))
        start_response("204 No Content", [])
        return []

    if request.param == "wsgiref":
        server = make_server("127.0.0.1", 0, app, handler_class=Silent)
    else:
        server = make_werkzeug_server("127.0.0.1", 0, app, request_handler=SilentWerkzeug)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def ask(port, target, body=b"", **headers):
    connection = HTTPConnection("127.0.0.1", port)
    connection.putrequest("POST", target, skip_host=True)
    for name, value in {"Host": "sms.example.com", "Content-Type": FORM, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    connection.getresponse().read()
    connection.close()


@pytest.mark.parametrize(
    ("target", "seen"),
    [
        ("/sms?x=a%20b+c&y=", "/sms?x=a%20b+c&y="),
        ("/sms", "/sms"),
        ("/caf%C3%A9/a;b@c", "/caf%C3%A9/a;b@c"),
        ("http://sms.example.com/sms?x=1", "/sms?x=1"),
        ("HTTP://sms.example.com/sms", "/sms"),
    ],
)
def test_the_address_is_what_the_server_was_asked_for(request, port, target, seen):
    ask(port, target)

    assert [one.url for one in request.node.seen] == [f"http://sms.example.com{seen}"]


def test_body_headers_and_peer_are_those_of_the_connection(request, port):
    ask(port, "/sms", b"Body=hi", **{"X-Twilio-Signature": "abc=", "Content-Length": "7"})

    (one,) = request.node.seen
    assert (one.method, one.body, one.peer) == ("POST", b"Body=hi", "127.0.0.1")
    assert one.header("x-twilio-signature") == "abc="
    assert one.header("content-type") == FORM


@pytest.mark.parametrize("target", ["//sms//x", "/a%2Fb", "/sms/?", "/%7Ea"])
def test_a_server_that_keeps_the_target_changes_nothing_in_it(target):
    for name in ("RAW_URI", "REQUEST_URI"):
        seen = WebhookRequest.from_wsgi(environ(HTTP_HOST="h", PATH_INFO="/elsewhere", **{name: target}))

        assert seen.url == f"http://h{target}"


def test_of_an_absolute_target_the_path_is_kept_as_it_came():
    made = environ(HTTP_HOST="h", PATH_INFO="/a/b", RAW_URI="http://h/a%2Fb?x=1")

    assert WebhookRequest.from_wsgi(made).url == "http://h/a%2Fb?x=1"


def test_a_fragment_is_no_part_of_it():
    assert WebhookRequest.from_wsgi(environ(HTTP_HOST="h", RAW_URI="/sms#rc=2")).url == "http://h/sms"


def test_without_the_target_the_path_is_encoded_anew():
    decoded = environ(HTTP_HOST="h", SCRIPT_NAME="/app", PATH_INFO="/caf\xc3\xa9 %", QUERY_STRING="a=%20")

    assert WebhookRequest.from_wsgi(decoded).url == "http://h/app/caf%C3%A9%20%25?a=%20"


def test_a_path_that_no_server_should_hand_over_is_read_too():
    assert WebhookRequest.from_wsgi(environ(HTTP_HOST="h", PATH_INFO="/\u20ac")).url == "http://h/%3F"


@pytest.mark.parametrize(
    ("values", "host"),
    [
        ({"SERVER_NAME": "h", "SERVER_PORT": "80"}, "http://h"),
        ({"SERVER_NAME": "h", "SERVER_PORT": "8080"}, "http://h:8080"),
        ({"SERVER_NAME": "h", "SERVER_PORT": "443", "wsgi.url_scheme": "https"}, "https://h"),
        ({"HTTP_HOST": "app.test:444", "wsgi.url_scheme": "https"}, "https://app.test:444"),
    ],
)
def test_the_host_is_what_was_asked_for_or_what_the_server_is(values, host):
    made = environ(PATH_INFO="/sms", **values)
    if "HTTP_HOST" not in values:
        del made["HTTP_HOST"]

    assert WebhookRequest.from_wsgi(made).url == f"{host}/sms"


DJANGO = """
import io
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from werkzeug.test import EnvironBuilder
from twilio_sms.webhooks.request import WebhookRequest
settings.configure()
made = EnvironBuilder(path="/a b", query_string="x=1", base_url="https://app.test/", method="POST", data=b"Body=hi")
environ = {name: value for name, value in made.get_environ().items() if name not in ("RAW_URI", "REQUEST_URI")}
seen = WebhookRequest.from_wsgi(WSGIRequest(environ).META)
print(seen.url, seen.body.decode(), seen.header("host"))
"""


def test_django_hands_over_the_same():
    done = subprocess.run([sys.executable, "-c", DJANGO], capture_output=True, text=True, check=True)

    assert done.stdout == "https://app.test/a%20b?x=1 Body=hi app.test\n"


@pytest.mark.parametrize(
    ("length", "is_terminated", "taken"),
    [
        ("5", False, 5),
        ("5", True, 5),
        ("", False, 0),
        ("", True, MAX_BODY_BYTES + 1),
        ("0", True, 0),
        ("9" * 18, False, MAX_BODY_BYTES + 1),
        ("9" * 5000, False, 0),
        ("-1", False, 0),
        ("\u0663", False, 0),
        ("1e3", False, 0),
    ],
)
def test_a_body_is_read_as_far_as_it_goes_and_no_further(length, is_terminated, taken):
    stream = Piecemeal(b"x" * (MAX_BODY_BYTES + 1000))
    made = environ(CONTENT_LENGTH=length, **{"wsgi.input": stream, "wsgi.input_terminated": is_terminated})

    seen = WebhookRequest.from_wsgi(made)

    assert (len(seen.body), stream.taken) == (taken, taken)


def test_a_body_that_ends_early_is_what_came():
    assert WebhookRequest.from_wsgi(environ(CONTENT_LENGTH="100", body=b"Body=h")).body == b"Body=h"


def test_a_server_without_a_body_gives_none():
    made = environ(CONTENT_LENGTH="3")
    del made["wsgi.input"]

    assert WebhookRequest.from_wsgi(made).body == b""


def test_a_header_that_is_there_twice_is_none():
    request = WebhookRequest("POST", "http://h/", (("x", "1"), ("x", "1"), ("y", "2")), b"")

    assert (request.header("x"), request.header("y"), request.header("z")) == (None, "2", None)


def test_nothing_of_it_is_shown():
    request = WebhookRequest("POST", "http://h/?to=+15551234567", (("x", "secret"),), b"Body=hi")

    assert repr(request) == "WebhookRequest(POST, 7 bytes)"


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": FORM, "X-Twilio-Signature": "abc="},
        [("content-type", FORM), ("X-TWILIO-SIGNATURE", "abc=")],
        Headers({"Content-Type": FORM, "X-Twilio-Signature": "abc="}),
        CaseInsensitiveDict({"Content-Type": FORM, "X-Twilio-Signature": "abc="}),
    ],
    ids=["mapping", "pairs", "Werkzeug", "requests"],
)
def test_it_is_made_of_what_any_framework_has(headers):
    one = WebhookRequest.of("post", "https://h/sms", headers, b"Body=hi", "10.0.0.1")

    assert (one.method, one.url, one.body, one.peer) == ("POST", "https://h/sms", b"Body=hi", "10.0.0.1")
    assert (one.header("content-type"), one.header("x-twilio-signature")) == (FORM, "abc=")


def test_of_pairs_a_header_that_came_twice_is_there_twice():
    one = WebhookRequest.of("POST", "https://h/sms", [("X-A", "1"), ("x-a", "2")], b"")

    assert one.headers == (("x-a", "1"), ("x-a", "2"))


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"method": b"POST"}, "method and url must be texts"),
        ({"url": None}, "method and url must be texts"),
        ({"headers": None}, "headers must be texts"),
        ({"headers": ["content-type"]}, "headers must be texts"),
        ({"headers": [(b"content-type", b"text/plain")]}, "headers must be texts"),
        ({"headers": {"content-length": 7}}, "headers must be texts"),
        ({"body": "Body=hi"}, "body must be the bytes that came, is str"),
        ({"body": {"Body": "hi"}}, "body must be the bytes that came, is dict"),
    ],
    ids=str,
)
def test_what_is_no_request_is_refused(parts, wanted):
    given = {"method": "POST", "url": "https://h/sms", "headers": (), "body": b"", **parts}

    with pytest.raises(ValidationError, match=wanted):
        WebhookRequest.of(**given)
