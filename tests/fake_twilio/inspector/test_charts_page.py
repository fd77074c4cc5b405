"""Tests of the page of charts, on the wire."""

from xml.etree import ElementTree

import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import Client


def page(fake: FakeTwilioFixture) -> str:
    answer = requests.get(f"{fake.url}/charts", timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return answer.text


def test_an_empty_run_says_what_to_do(fake_twilio: FakeTwilioFixture) -> None:
    text = page(fake_twilio)

    assert "Nothing to draw yet" in text
    assert "<svg" not in text


def test_each_chart_is_well_formed_and_has_its_numbers(fake_twilio: FakeTwilioFixture) -> None:
    with Client.from_env() as client:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")
    fake_twilio.advance("10s")
    text = page(fake_twilio)

    figures = [f"<figure{part.partition('</figure>')[0]}</figure>" for part in text.split("<figure")[1:]]
    trees = [ElementTree.fromstring(figure) for figure in figures]

    assert [tree.get("id") for tree in trees] == ["chart-traffic", "chart-lag", "chart-statuses"]
    assert all(tree.find("svg") is not None and tree.find(".//tbody/tr") is not None for tree in trees)
    assert "style=" not in text
    assert "of-delivered" in text
