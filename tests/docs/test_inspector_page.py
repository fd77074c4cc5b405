"""The page about the inspector: what it shows runs."""

import click

from fake_twilio import FakeTwilio
from fake_twilio.commands.root import root
from fake_twilio.inspector.copies import copies_of
from tests.docs.pages import examples, run, words

EXAMPLES = examples("docs/inspector.md")


def test_a_program_is_told_what_a_page_is_told() -> None:
    assert run(EXAMPLES["changes"]) == "{'queued': 1} Your parcel has arrived.\n"


def test_a_webhook_is_brought_again_in_other_ways() -> None:
    assert run(EXAMPLES["replay"]) == "[204, 204, 204, 204, 403]\n"


def test_a_program_sees_how_full_a_queue_is() -> None:
    assert run(EXAMPLES["inventory"]) == "25.0 of 60.0 seconds: there is room\n"


def test_the_workbench_names_what_a_proxy_took_away() -> None:
    assert run(EXAMPLES["workbench"]) == "True\n"


def test_the_demo_has_options_that_there_are() -> None:
    name, *arguments = words(EXAMPLES["demo_day"].rstrip(), "fake-twilio")

    with root.commands[name].make_context(name, arguments) as context:
        assert isinstance(context, click.Context)
        assert context.params["demo"]


def test_a_message_is_copied_as_the_page_says() -> None:
    form = (("To", "+15550100001"), ("From", "+15005550006"), ("Body", "Win big"), ("MaxPrice", "0.05"))
    with FakeTwilio("carrier_reject", clock="manual") as fake:
        sid = fake.submit(form).sid
        fake.settle()
        message = fake.find(sid)
        assert message is not None
        copied = {copy.title: copy.text for copy in copies_of(message, fake)}

    assert copied["Scenario rule"].replace(sid, "SM0123456789abcdef0123456789abcdef") == EXAMPLES["copied_rule"]
