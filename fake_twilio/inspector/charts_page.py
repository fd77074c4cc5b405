"""The page of charts: how much, how late, and what became of it."""

from flask import Response

from fake_twilio.inspector.charts import charts_of
from fake_twilio.inspector.measures import measure
from fake_twilio.inspector.page import Pages
from fake_twilio.inspector.routes import Route
from fake_twilio.inspector.subject import Subject


class ChartsPage:
    """The view."""

    def __init__(self, subject: Subject, pages: Pages) -> None:
        self._subject = subject
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        return (Route("/charts", self.show),)

    def show(self) -> Response:
        """Answer the charts of the moment, whole; without script they are as they were when the page was asked for."""
        subject = self._subject
        newest = subject.feed.newest
        measures = measure(subject.messages, subject.callbacks, subject.now)
        return self._pages.show(
            "charts.html", charts=charts_of(measures) if measures is not None else (), newest=newest
        )
