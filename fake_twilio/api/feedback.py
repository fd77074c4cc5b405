"""The MessageFeedback resource: create, which is all that Twilio offers."""

from flask import Blueprint, Response

from fake_twilio.api.entry import CurrentRealm, entered, message_there
from fake_twilio.api.exchange import answer, not_found, posted_form
from fake_twilio.api.render import render_feedback
from fake_twilio.api.routing import resource
from fake_twilio.domain.messages.feedback import read_outcome

RESOURCE = "/2010-04-01/Accounts/<account_sid>/Messages/<message_sid>/Feedback.json"


class FeedbackApi:
    """The view; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def create(self, account_sid: str, message_sid: str) -> Response:
        """Keep the report with its message; Twilio answers 200 here, not 201."""
        engine = entered(self._realm, account_sid)
        message = message_there(engine, message_sid)
        outcome = read_outcome(posted_form())
        try:
            message = engine.amend(message.sid, lambda found, now: found.reported(outcome, now))
        except LookupError:  # deleted meanwhile
            raise not_found() from None
        return answer(render_feedback(message))


def feedback_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the route of the MessageFeedback resource."""
    return resource("MessageFeedback", ((RESOURCE, "POST", FeedbackApi(realm).create),))
