"""Tests of telling the customer of a message and of doing what the answer says; the customer is a real server."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from pytest_httpserver import HTTPServer
from twilio.request_validator import RequestValidator
from werkzeug import Request, Response

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Message
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inbound.conversation import MAX_DOCUMENTS
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import RECIPIENT, SENDER

OTHER = "+15550000001"
ANOTHER_SENDER = "+15005550010"
XML = "text/xml"
Handler = Callable[[Request], Response]


def twiml(inner: str, content_type: str | None = XML) -> Response:
    return Response(f"<Response>{inner}</Response>", content_type=content_type)


class Customer:
    """An app with an answer for each path, and the fake whose numbers it has."""

    def __init__(self, fake: FakeTwilioFixture, server: HTTPServer, more: str = "") -> None:
        self.fake = fake
        self.server = server
        self.seen: list[Request] = []
        scenario = f"""about: x.
numbers: ["{SENDER}", "{ANOTHER_SENDER}"]
inbound: {{url: "{server.url_for("/sms")}", fallback_url: "{server.url_for("/fallback")}"{more}}}
defaults: {{timeline: [{{status: sent, after: 1s}}]}}
"""
        fake.reset(parse_scenario(scenario), seed=1)

    def answers(self, path: str, response: Response | Handler) -> None:
        def handle(request: Request) -> Response:
            request.get_data()
            self.seen.append(request)
            return response if isinstance(response, Response) else response(request)

        self.server.expect_request(path).respond_with_handler(handle)

    def gets(self, body: str = "hello") -> list[Message]:
        """Have somebody write; return the replies."""
        self.fake.receive(RECIPIENT, SENDER, body)
        self.fake.settle()
        return [message for message in self.fake.messages if message.direction == "outbound-reply"]

    def paths(self) -> list[str]:
        return [request.path for request in self.seen]

    def alerts(self) -> list[tuple[int, str]]:
        return [(alert.code, urlsplit(alert.url).path) for alert in self.fake.alerts]


@pytest.fixture
def customer(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> Customer:
    return Customer(fake_twilio, httpserver)


def test_replies_are_messages_that_live_as_others_do(customer: Customer) -> None:
    customer.answers("/sms", twiml("<Message>one</Message><Message><Body>two</Body><Media>/cat.png</Media></Message>"))

    one, two = customer.gets()

    assert [(reply.sender, reply.to, reply.body) for reply in (one, two)] == [
        (SENDER, RECIPIENT, "one"),
        (SENDER, RECIPIENT, "two"),
    ]
    assert (one.status, one.sid[:2], two.sid[:2]) == (Status.SENT, "SM", "MM")
    assert {one.in_reply_to, two.in_reply_to} == {customer.fake.messages[0].sid}
    assert two.media_urls == (customer.server.url_for("/cat.png"),)
    assert customer.fake.alerts == ()


def test_a_reply_may_go_from_and_to_others(customer: Customer) -> None:
    customer.answers("/sms", twiml(f'<Message to="{OTHER}" from="{ANOTHER_SENDER}">x</Message>'))

    (reply,) = customer.gets()

    assert (reply.sender, reply.to) == (ANOTHER_SENDER, OTHER)


@pytest.mark.parametrize("name", ["statusCallback", "action"])
def test_a_reply_tells_its_statuses(customer: Customer, name: str) -> None:
    """TwiML: Message: whether `action` or `statusCallback` counts differs; the fake takes either."""
    customer.answers("/sms", twiml(f'<Message {name}="/status">x</Message>'))
    customer.answers("/status", Response(status=204))

    (reply,) = customer.gets()

    told = [(request.form["MessageSid"], request.form["MessageStatus"]) for request in customer.seen[1:]]
    assert told[-1] == (reply.sid, "sent")
    assert {sid for sid, _ in told} == {reply.sid}


@pytest.mark.parametrize("attributes", ['statusCallback="/status"', 'action="/status"'])
def test_statuses_of_a_reply_are_told_by_the_method_that_it_names(customer: Customer, attributes: str) -> None:
    """TwiML: Message: `method` is GET or POST, for `action` and `statusCallback`."""
    customer.answers("/sms", twiml(f'<Message method="GET" {attributes}>x</Message>'))
    customer.answers("/status", Response(status=204))

    (reply,) = customer.gets()

    told = customer.seen[1:]
    assert {(request.method, request.args["MessageSid"], request.get_data()) for request in told} == {
        ("GET", reply.sid, b"")
    }
    assert told[-1].args["MessageStatus"] == "sent"
    url = customer.server.url_for(f"/status?{told[-1].query_string.decode()}")
    signature = told[-1].headers["X-Twilio-Signature"]
    assert RequestValidator(customer.fake.auth_token).validate(url, {}, signature)


def test_an_action_goes_on_with_another_document(customer: Customer) -> None:
    """TwiML: Message: the flow continues with the TwiML that `action` returns; later verbs are not reached."""
    customer.answers("/sms", twiml('<Message action="/next" statusCallback="/s">one</Message><Message>never</Message>'))
    customer.answers("/s", Response(status=204))
    customer.answers("/next", twiml("<Message>two</Message>"))

    assert [reply.body for reply in customer.gets()] == ["one", "two"]
    (asked,) = [request for request in customer.seen if request.path == "/next"]
    assert (asked.form["MessageStatus"], asked.form["To"]) == ("queued", RECIPIENT)


def test_a_redirect_is_followed_and_nothing_after_it_runs(customer: Customer) -> None:
    customer.answers(
        "/sms", twiml('<Message>one</Message><Redirect method="GET">next?a=1</Redirect><Message>x</Message>')
    )
    customer.answers("/next", twiml("<Message>two</Message>"))

    assert [reply.body for reply in customer.gets()] == ["one", "two"]
    asked = customer.seen[1]
    assert (asked.method, asked.args["a"], asked.args["Body"], asked.get_data()) == ("GET", "1", "hello", b"")


def test_redirects_come_to_an_end(customer: Customer) -> None:
    """Dictionary, 14106; the number is inferred."""
    customer.answers("/sms", twiml("<Redirect/>"))

    customer.gets()

    assert customer.paths() == ["/sms"] * MAX_DOCUMENTS
    assert customer.alerts() == [(14106, "/sms")]


def test_each_request_is_signed_and_has_its_own_token(customer: Customer) -> None:
    customer.answers("/sms", twiml('<Redirect method="GET">/next?x=%20y</Redirect>'))
    customer.answers("/next", Response("<Response/>", content_type="application/json"))
    customer.answers("/fallback", twiml(""))

    customer.gets("ünï & 100%")

    validator = RequestValidator(customer.fake.auth_token)
    for delivery in customer.fake.callbacks:
        webhook = delivery.webhook
        params = webhook.params if webhook.method == "POST" else {}
        assert validator.validate(webhook.target, params, webhook.signature)
    assert len({delivery.webhook.token for delivery in customer.fake.callbacks}) == 3
    assert customer.paths() == ["/sms", "/next", "/fallback"]


def test_cookies_come_back_while_two_numbers_talk(customer: Customer) -> None:
    """TwiML for Programmable Messaging: kept for each pair of numbers, dropped after four idle hours."""
    customer.answers("/sms", Response("<Response/>", content_type=XML, headers={"Set-Cookie": "step=2; Path=/"}))

    for _ in range(2):
        customer.gets()
    customer.fake.receive(OTHER, SENDER, "hello")
    customer.fake.advance("4h")
    customer.gets()

    assert [request.headers.get("Cookie") for request in customer.seen] == [None, "step=2", None, None]


FAILED = [
    (Response(status=500), 11200),
    (Response(status=404), 11200),
    (Response("<Response>", content_type=XML), 12100),
    (Response("<html/>", content_type=XML), 12102),
    (Response("<Response/>", content_type="image/png"), 12300),
    (Response(b"<Response>" + b" " * 65_536 + b"</Response>", content_type=XML), 11750),
]


@pytest.mark.parametrize(("response", "code"), FAILED, ids=[str(code) for _, code in FAILED])
def test_what_cannot_be_run_leads_to_the_fallback_at_once(customer: Customer, response: Response, code: int) -> None:
    """Twilio, "Availability and reliability": the usual parameters with ErrorCode and ErrorUrl; its TwiML is run."""
    customer.answers("/sms", response)
    customer.answers("/fallback", twiml("<Message>sorry</Message>"))

    (reply,) = customer.gets()

    asked = customer.seen[1].form
    assert (asked["ErrorCode"], asked["ErrorUrl"], asked["Body"]) == (
        str(code),
        customer.server.url_for("/sms"),
        "hello",
    )
    assert (reply.body, customer.alerts()) == ("sorry", [(code, "/sms")])


def test_a_missing_content_type_is_an_error(customer: Customer) -> None:
    """Dictionary, 12300."""

    def untyped(_request: Request) -> Response:
        response = Response("<Response/>")
        del response.headers["Content-Type"]
        return response

    customer.answers("/sms", untyped)
    customer.answers("/fallback", Response(status=503))

    assert customer.gets() == []
    assert customer.alerts() == [(12300, "/sms"), (11200, "/fallback")]
    assert customer.paths() == ["/sms", "/fallback"]


def test_an_app_that_is_gone_is_an_alert(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(
        parse_scenario("about: x.\ninbound: {url: 'http://127.0.0.1:9/'}\ndefaults: {timeline: []}\n"), seed=1
    )
    fake_twilio.receive(RECIPIENT, SENDER, "hello")
    fake_twilio.settle()

    assert [alert.code for alert in fake_twilio.alerts] == [11205]


@pytest.mark.parametrize("response", [twiml(""), Response(status=204), Response("", content_type="text/plain")])
def test_an_empty_answer_is_no_reply(customer: Customer, response: Response) -> None:
    customer.answers("/sms", response)

    assert (customer.gets(), customer.fake.alerts) == ([], ())


def test_a_plain_text_is_a_reply(customer: Customer) -> None:
    customer.answers("/sms", Response("hi <b>", content_type="text/plain"))

    assert [reply.body for reply in customer.gets()] == ["hi <b>"]


def test_an_answer_of_many_kilobytes_is_run_whole_and_logged_in_part(customer: Customer) -> None:
    customer.answers("/sms", twiml("<!--" + "x" * 60_000 + "--><Message>end</Message>"))

    assert [reply.body for reply in customer.gets()] == ["end"]
    answer = customer.fake.callbacks[0].answer
    assert (len(answer.body), answer.is_cut, answer.content_type) == (4096, True, "text/xml")


def test_at_most_ten_replies_are_sent(customer: Customer) -> None:
    """Dictionary, 14109; a redirect does not begin anew (inferred)."""
    customer.answers("/sms", twiml("<Message>x</Message>" * 9 + "<Redirect>/next</Redirect>"))
    customer.answers("/next", twiml("<Message>x</Message>" * 9))

    assert len(customer.gets()) == 10
    assert customer.alerts() == [(14109, "/next")]


def test_two_numbers_do_not_answer_each_other_for_ever(customer: Customer) -> None:
    """Dictionary, 14107: what comes after 30 replies within 30 seconds is set to "failed", with this code."""
    customer.answers("/sms", twiml('<Message statusCallback="/status">x</Message>' * 8))
    customer.answers("/status", Response(status=204))

    replies = [customer.gets() for _ in range(4)][-1]

    codes = [(reply.status, reply.error_code, reply.price is None) for reply in replies]
    assert codes == [(Status.SENT, None, False)] * 30 + [(Status.FAILED, 14107, True)] * 2
    assert [asked.form["ErrorCode"] for asked in customer.seen if "ErrorCode" in asked.form] == ["14107"] * 2
    assert customer.alerts() == [(14107, "/sms")] * 2
    customer.fake.advance(31)
    assert [reply.status for reply in customer.gets()[32:]] == [Status.SENT] * 8


def test_replies_to_others_are_counted_apart(customer: Customer) -> None:
    """Dictionary, 14107: "between the same two phone numbers"."""
    others = "".join(f'<Message to="{OTHER}">x</Message><Message>x</Message>' for _ in range(5))
    customer.answers("/sms", twiml(others))

    replies = [customer.gets() for _ in range(6)][-1]

    assert ([reply.status for reply in replies], customer.alerts()) == ([Status.SENT] * 60, [])


REFUSED = [
    ('to="+1"', "x", 14101),
    ('from="+15559999999"', "x", 14102),
    ("", "x" * 1601, 14103),
    ('statusCallback="ftp://x/"', "x", 14105),
    (f'to="{SENDER}"', "x", 14101),
]


@pytest.mark.parametrize(("attribute", "body", "code"), REFUSED, ids=[str(code) for *_, code in REFUSED])
def test_a_reply_that_is_refused_is_an_alert_and_the_next_is_sent(
    customer: Customer, attribute: str, body: str, code: int
) -> None:
    customer.answers("/sms", twiml(f"<Message {attribute}>{body}</Message><Message>next</Message>"))

    assert [reply.body for reply in customer.gets()] == ["next"]
    assert customer.alerts() == [(code, "/sms")]


def test_a_get_has_everything_in_the_query(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    customer = Customer(fake_twilio, httpserver, ", method: GET")
    customer.answers("/sms", twiml("<Message>x</Message>"))

    assert len(customer.gets("a b&c")) == 1
    (asked,) = customer.seen
    assert (asked.method, asked.args["Body"], asked.args["From"], asked.get_data()) == ("GET", "a b&c", RECIPIENT, b"")
    url = httpserver.url_for(f"/sms?{asked.query_string.decode()}")
    assert RequestValidator(fake_twilio.auth_token).validate(url, {}, asked.headers["X-Twilio-Signature"])


def run(customer: Customer) -> list[tuple[str, str, str]]:
    customer.fake.reset(customer.fake._world.realm.scenario, seed=7, start=0)
    for number in range(20):
        customer.fake.receive(f"+1555000{number:04}", SENDER, str(number))
    customer.fake.settle()
    return [(message.sid, message.to, message.body) for message in customer.fake.messages]


def test_the_same_seed_gives_the_same_run(customer: Customer) -> None:
    customer.answers("/sms", lambda request: twiml(f"<Message>re {request.form['Body']}</Message>"))

    assert run(customer) == run(customer)


HOPELESS = [
    ("<Redirect>http://[</Redirect>", (11210, 11210)),
    ("<Redirect>http://a\u2100b/</Redirect>", (11210, 11210)),
    ('<Message action="http://[">x</Message>', (14105,)),
    ('<Message statusCallback="//[">x</Message>', (14105,)),
    ("<Message>x<Media>http://[</Media></Message>", (21620,)),
]


@pytest.mark.parametrize(("inner", "codes"), HOPELESS, ids=[inner for inner, _ in HOPELESS])
def test_an_address_that_can_be_none_costs_nothing_but_its_own_answer(
    customer: Customer, inner: str, codes: tuple[int, ...]
) -> None:
    customer.answers("/sms", twiml(inner))
    customer.answers("/fallback", twiml(inner))
    customer.fake.receive(RECIPIENT, SENDER, "one")
    customer.fake.receive(OTHER, SENDER, "two")
    customer.fake.settle()

    assert [alert.code for alert in customer.fake.alerts].count(codes[0]) == 2 * len(codes)
    assert [message.status for message in customer.fake.messages] == [Status.RECEIVED] * 2


def test_a_text_in_a_charset_without_sense_is_a_message_that_can_be_shown(customer: Customer) -> None:
    customer.answers("/sms", Response(b"+2AA-", content_type="text/plain; charset=utf-7"))

    (reply,) = customer.gets()

    assert reply.body.encode()


def test_a_content_type_of_a_thousand_brackets_is_as_good_as_any(customer: Customer) -> None:
    customer.answers("/sms", twiml("<Message>x</Message>", "text/xml; " + "(" * 2_000))

    (reply,) = customer.gets()

    assert reply.body == "x"
