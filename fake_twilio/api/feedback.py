"""The MessageFeedback resource: create, which is all that Twilio offers."""

from flask import Blueprint, Response

from fake_twilio.api.entry import CurrentEngine, entered, message_there
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.render import render_feedback
from fake_twilio.domain.feedback import read_outcome

RESOURCE = "/2010-04-01/Accounts/<account_sid>/Messages/<message_sid>/Feedback.json"


class FeedbackApi:
    """The view; *engine* names the engine of the moment."""

    def __init__(self, engine: CurrentEngine) -> None:
        self._engine = engine

    def create(self, account_sid: str, message_sid: str) -> Response:
        """Keep the report with its message; Twilio answers 200 here, not 201."""
        engine = entered(self._engine, account_sid)
        message = message_there(engine, message_sid)
        outcome = read_outcome(posted_form())
        try:
            message = engine.amend(message.sid, lambda found, now: found.reported(outcome, now))
        except LookupError:  # deleted meanwhile
            raise not_found() from None
        return answer(render_feedback(message))


def feedback_blueprint(engine: CurrentEngine) -> Blueprint:
    """Return the route of the MessageFeedback resource."""
    routes = Blueprint("feedback", __name__)
    view = FeedbackApi(engine).create
    routes.add_url_rule(RESOURCE, "create", view, methods=["POST"], provide_automatic_options=False)
    return routes
