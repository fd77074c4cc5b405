"""A customer who builds TwiML with the official SDK, and checks each webhook with it."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import Body, Media, Message, MessagingResponse, Redirect
from werkzeug.serving import make_server

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER


def make_app(auth_token: str) -> Flask:
    """Return a shop that answers, and refuses what is not signed by its account."""
    app = Flask(__name__)
    validator = RequestValidator(auth_token)

    @app.before_request
    def check() -> None:
        params = request.form if request.method == "POST" else {}
        url = request.host_url.removesuffix("/") + request.environ["REQUEST_URI"]  # request.url decodes it
        if not validator.validate(url, params, request.headers["X-Twilio-Signature"]):
            abort(403)

    @app.route("/sms", methods=["GET", "POST"])
    def sms() -> Response:
        answer = MessagingResponse()
        picture = Message(status_callback="/status")
        picture.append(Body(f"You said {request.values['Body']} & more"))
        picture.append(Media("/cat.png"))
        answer.append(picture)
        answer.append(Redirect("/more?page=2", method="GET"))
        return Response(str(answer), content_type="application/xml")

    @app.get("/more")
    def more() -> Response:
        if request.args["Body"] == "fail":
            abort(500)
        answer = MessagingResponse()
        answer.message(f"Page {request.args['page']}")
        return Response(str(answer), content_type="text/xml")

    @app.post("/fallback")
    def fallback() -> Response:
        return Response(f"Sorry: {request.form['ErrorCode']}", content_type="text/plain")

    @app.post("/status")
    def status() -> Response:
        return Response(status=204)

    return app


@pytest.fixture
def shop(fake_twilio: FakeTwilioFixture) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, make_app(fake_twilio.auth_token), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_app_answers_is_sent_and_each_webhook_is_accepted(
    fake_twilio: FakeTwilioFixture, shop: str, method: str
) -> None:
    client = Client(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = fake_twilio.url
    number = client.incoming_phone_numbers.create(
        phone_number=SENDER, sms_url=f"{shop}/sms", sms_method=method, sms_fallback_url=f"{shop}/fallback"
    )
    fake_twilio.receive(RECIPIENT, number.phone_number, "hällo")
    fake_twilio.receive(RECIPIENT, number.phone_number, "fail")
    fake_twilio.settle()

    replies = [(one.body, one.num_media, one.status) for one in client.messages.list(to=RECIPIENT, from_=SENDER)]
    (came_in, _) = client.messages.list(to=SENDER)[::-1]
    client.http_client.session.close()
    assert sorted(replies) == [
        ("Page 2", "0", "delivered"),
        ("Sorry: 11200", "0", "delivered"),
        ("You said fail & more", "1", "delivered"),
        ("You said hällo & more", "1", "delivered"),
    ]
    assert (came_in.direction, came_in.status, came_in.body) == ("inbound", "received", "hällo")
    assert came_in.date_sent is not None
    assert [delivery.answer.status for delivery in fake_twilio.callbacks if not delivery.is_taken] == [500]


def test_stop_is_heeded_and_told(fake_twilio: FakeTwilioFixture, shop: str) -> None:
    fake_twilio.use(
        parse_scenario(
            f'about: x.\nnumbers: ["{SENDER}"]\ninbound: {{url: "{shop}/sms"}}\ndefaults: {{timeline: []}}\n'
        )
    )
    fake_twilio.receive(RECIPIENT, SENDER, "STOP")
    fake_twilio.settle()

    assert [alert.code for alert in fake_twilio.alerts] == [21610, 21610]
    assert [message.direction for message in fake_twilio.messages] == ["inbound"]
