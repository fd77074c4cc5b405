"""Tests of the routes: no two views share a path."""

from typing import Any

from fake_twilio.inspector.blueprint import _groups, _routes
from fake_twilio.inspector.live import Live
from fake_twilio.inspector.page import Pages
from tests.fake_twilio.inspector.subjects import FakeSubject


def test_each_view_has_a_path_of_its_own() -> None:
    subject: Any = FakeSubject()

    paths = [route.path for route in _routes(_groups(subject, Pages(), Live(subject)))]

    assert len(paths) == len(set(paths))
    assert {"/", "/charts", "/inspector/events"} <= set(paths)
