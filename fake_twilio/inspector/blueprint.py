"""The routes of the inspector."""

from collections.abc import Iterable

from flask import Blueprint

from fake_twilio.inspector.assets import asset
from fake_twilio.inspector.charts_page import ChartsPage
from fake_twilio.inspector.door import PageDoor
from fake_twilio.inspector.live import Live
from fake_twilio.inspector.live_routes import LiveRoutes
from fake_twilio.inspector.message_page import MessagePage
from fake_twilio.inspector.messages_page import MessagesPage
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.phones_page import PhonesPage
from fake_twilio.inspector.routes import HasRoutes, Route
from fake_twilio.inspector.signature_page import SignaturePage
from fake_twilio.inspector.subject import Subject
from fake_twilio.inspector.world_page import WorldPage

NAME = "inspector"


def inspector_blueprint(subject: Subject, live: Live, token: str | None = None) -> Blueprint:
    """Return the routes; where *token* is set, a browser must bring it."""
    made = Blueprint(NAME, __name__)
    for number, route in enumerate(_routes(_groups(subject, Pages(), live))):
        made.add_url_rule(route.path, f"view{number}", route.view, methods=["GET"], provide_automatic_options=False)
    made.before_request(PageDoor(token).check)
    return made


def _groups(subject: Subject, pages: Pages, live: Live) -> tuple[HasRoutes, ...]:
    return (
        MessagesPage(subject, pages, live),
        MessagePage(subject, pages),
        PhonesPage(subject, pages),
        WorldPage(subject, pages),
        ChartsPage(subject, pages),
        SignaturePage(subject, pages),
        LiveRoutes(live),
    )


def _routes(groups: Iterable[HasRoutes]) -> list[Route]:
    return [Route("/inspector/<name>", asset), *(route for group in groups for route in group.routes())]
