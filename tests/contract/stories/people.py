"""Stories of people who answer what they get."""

from werkzeug import Response

from tests.contract.stories.stage import DELIVERED, ORIGIN, Stage
from tests.doubles import SENDER
from twilio_sms import OptedOutError


def fallback_url(stage: Stage) -> None:
    stage.play(app=ORIGIN)
    app = stage.listen()
    app.answers["/sms"] = Response(status=500)
    stage.send("+15550819999", "please confirm")
    stage.fake.settle()

    assert [(request.path, request.form["Body"]) for request in app.requests] == [("/sms", "YES"), ("/fallback", "YES")]
    assert app.requests[1].form["ErrorCode"] == "11200"


def conversation(stage: Stage) -> None:
    stage.play(app=ORIGIN)
    app = stage.listen()
    app.answers["/sms"] = Response("Your number is 7.", content_type="text/plain")
    stage.send("+15550820001", "please confirm")
    stage.fake.settle()

    said = [request.form["Body"] for request in app.requests]
    assert said == ["YES", "Thanks!", "Thanks!", "Thanks!"]
    replies = [message for message in stage.client.messages.list() if message.body == "Your number is 7."]
    assert {reply.to for reply in replies} == {"+15550820001"}


def stop_mid_campaign(stage: Stage) -> None:
    stage.send("+15550830001")
    stage.fake.settle()

    assert stage.refusal("+15550830001") == (OptedOutError, 21610)
    assert [(one.to, one.sender) for one in stage.fake.opt_outs] == [("+15550830001", SENDER)]
    assert stage.end() == DELIVERED
