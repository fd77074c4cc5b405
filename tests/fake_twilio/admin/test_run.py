"""Tests of the run as a whole: health, reset, scenario, clock."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.admin.calls import ask, change
from tests.sending import send

OTHER = "+15550000001"


def test_health_counts_everything(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio)
    fake_twilio.settle()
    send(fake_twilio)

    health = ask(fake_twilio, "/health")

    assert (health["status"], health["scenario"], health["seed"]) == ("ok", "delivered", fake_twilio.seed)
    assert health["messages"] == {"delivered": 1, "queued": 1}
    assert health["webhooks"] == {"ended": 0, "pending": 0}


def test_a_reset_begins_anew_with_the_same_scenario(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("carrier_reject")
    send(fake_twilio)

    forgotten = change(fake_twilio, "/reset", {"scope": "all", "seed": 7})

    assert forgotten == {"forgotten": 1}
    assert (fake_twilio.messages, fake_twilio.seed, fake_twilio.scenario.name) == ((), 7, "carrier_reject")


def test_a_reset_of_the_history_keeps_accounts_and_time(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio)
    fake_twilio.advance("1h")
    waiting = send(fake_twilio)
    now = fake_twilio.now

    forgotten = change(fake_twilio, "/reset", {"scope": "history"})
    fake_twilio.settle()

    assert (forgotten, fake_twilio.messages) == ({"forgotten": 2}, ())
    assert fake_twilio.now >= now
    assert send(fake_twilio) != waiting


def test_after_a_reset_of_the_history_nobody_answers_what_is_gone(fake_twilio: FakeTwilioFixture) -> None:
    reply = f"{{number: '{RECIPIENT}', reply: 'YES', after: 1h}}"
    timeline = "[{status: sent}, {status: delivered}]"
    fake_twilio.use(parse_scenario(f"about: x.\npersonas: [{reply}]\ndefaults: {{timeline: {timeline}}}\n"))
    send(fake_twilio)
    fake_twilio.receive(RECIPIENT, SENDER, "HELP")
    fake_twilio.advance("1m")
    said = len(fake_twilio.auto_replies)

    change(fake_twilio, "/reset", {"scope": "history"})
    fake_twilio.settle()

    assert said == 1
    assert (fake_twilio.messages, fake_twilio.auto_replies) == ((), ())


@pytest.mark.parametrize(("scope", "left"), [("number", [OTHER]), ("account", [])])
def test_what_twilio_replied_by_itself_goes_with_its_number_or_account(
    fake_twilio: FakeTwilioFixture, scope: str, left: list[str]
) -> None:
    for person in (RECIPIENT, OTHER):
        fake_twilio.receive(person, SENDER, "HELP")
    which = {"number": RECIPIENT} if scope == "number" else {"account_sid": fake_twilio.account_sid}

    change(fake_twilio, "/reset", {"scope": "account", "account_sid": "AC" + "9" * 32})
    kept = len(fake_twilio.auto_replies)
    change(fake_twilio, "/reset", {"scope": scope, **which})

    assert (kept, [reply.to for reply in fake_twilio.auto_replies]) == (2, left)


def test_a_world_that_begins_anew_with_its_seed_is_the_same_again(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset("carrier_reject", clock="manual", seed=7, start=1_767_225_600)
    first = send(fake_twilio)
    fake_twilio.advance("1h")

    change(fake_twilio, "/reset", {"seed": 7})

    assert (fake_twilio.now, send(fake_twilio)) == (1_767_225_600, first)


def test_a_world_that_was_given_no_start_begins_anew_now(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.advance("1d")
    late = fake_twilio.now

    change(fake_twilio, "/reset", {})

    assert late - fake_twilio.now > 86_000


def test_a_reset_may_be_about_one_number_or_account(fake_twilio: FakeTwilioFixture) -> None:
    send(fake_twilio)
    kept = send(fake_twilio, to="+15550000001")

    of_number = change(fake_twilio, "/reset", {"scope": "number", "number": RECIPIENT})
    of_other = change(fake_twilio, "/reset", {"scope": "account", "account_sid": "AC" + "9" * 32})
    sids = [message.sid for message in fake_twilio.messages]
    fake_twilio.opt_out(RECIPIENT, SENDER)
    of_account = change(fake_twilio, "/reset", {"scope": "account", "account_sid": fake_twilio.account_sid})

    assert (of_number, of_other, of_account) == ({"forgotten": 1}, {"forgotten": 0}, {"forgotten": 1})
    assert (sids, fake_twilio.opt_outs) == ([kept], ())


def test_a_scenario_is_shown_and_switched_by_name_and_by_text(fake_twilio: FakeTwilioFixture) -> None:
    text = "about: Nobody gets anything.\ndefaults: {refuse: 21610}\n"

    by_name = change(fake_twilio, "/scenario", {"name": "carrier_reject"})
    shown = ask(fake_twilio, "/scenario")
    by_text = change(fake_twilio, "/scenario", {"yaml": text})

    assert by_name == shown
    assert (shown["name"], shown["rules"]) == ("carrier_reject", ["the carrier filters +1 555 010 xxxx"])
    assert (by_text["about"], fake_twilio.scenario.about) == ("Nobody gets anything.", "Nobody gets anything.")


def test_a_scenario_that_is_wrong_changes_nothing(fake_twilio: FakeTwilioFixture) -> None:
    no_file = change(fake_twilio, "/scenario", {"name": "carrier_rejekt"}, status=400)
    no_rule = change(fake_twilio, "/scenario", {"yaml": "about: x.\nrulez: []\ndefaults: {refuse: 21610}"}, status=400)

    assert "did you mean carrier_reject?" in no_file["problems"][0]
    assert no_rule["problems"] == ["scenario:2:1: rulez: no such key; did you mean rules?"]
    assert fake_twilio.scenario.name == "delivered"


@pytest.mark.parametrize("is_here", [True, False])
def test_who_is_outside_reads_no_file_by_its_path(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, is_here: bool
) -> None:
    path = tmp_path / "private.yaml"
    if is_here:
        path.write_text("about: Private.\ndefaults: {timeline: []}\n")

    by_name = change(fake_twilio, "/scenario", {"name": str(path)}, status=400)  # which allows no path at all
    by_include = change(fake_twilio, "/scenario", {"yaml": f"about: x\ninclude: {path}\n"}, status=400)

    assert "name: " in by_name["problems"][0]
    (problem,) = by_include["problems"]
    assert problem.startswith("scenario:2:10: include")
    assert "no such file, nor a scenario of this name" in problem


def test_what_comes_from_outside_may_include_what_comes_along(fake_twilio: FakeTwilioFixture) -> None:
    change(fake_twilio, "/scenario", {"yaml": "about: As ever.\ninclude: [carrier_reject]\n"})

    assert [rule.name for rule in fake_twilio.scenario.rules] == ["the carrier filters +1 555 010 xxxx"]


def test_the_clock_is_shown_and_moved(fake_twilio: FakeTwilioFixture) -> None:
    sid = send(fake_twilio)
    before = ask(fake_twilio, "/clock")

    moved = change(fake_twilio, "/clock", {"advance": "36h"})
    settled = change(fake_twilio, "/clock", {"settle": "1d"})

    assert (before["kind"], before["events"], settled["events"]) == ("manual", [], [])
    assert [(event["message_sid"], event["status"]) for event in moved["events"]] == [
        (sid, "sending"),
        (sid, "sent"),
        (sid, "delivered"),
    ]
    assert moved["now"] > before["now"]


def test_the_clock_is_moved_to_a_moment(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.reset(start=datetime(2026, 1, 1, tzinfo=UTC))

    moved = change(fake_twilio, "/clock", {"to": "2026-01-31T00:00:00+01:00"})

    assert moved["now"] == "2026-01-30T23:00:00Z"
    change(fake_twilio, "/clock", {"to": "2000-01-01T00:00:00Z"}, status=400)


def test_a_real_clock_is_frozen_paced_and_thawed() -> None:
    with FakeTwilio() as fake:
        frozen = change(fake, "/clock", {"is_frozen": True})["now"]
        change(fake, "/clock", {"speed": 1000})

        assert ask(fake, "/clock")["now"] == frozen
        change(fake, "/clock", {"is_frozen": False})
        assert ask(fake, "/clock")["now"] > frozen


def test_a_manual_clock_is_not_frozen(fake_twilio: FakeTwilioFixture) -> None:
    for wanted in ({"is_frozen": True}, {"is_frozen": False}, {"speed": 2}):
        change(fake_twilio, "/clock", wanted, status=409)


@pytest.mark.parametrize("span", ["-1s", "9999999999s", "1y"])
def test_a_span_that_is_none_is_refused(fake_twilio: FakeTwilioFixture, span: str) -> None:
    change(fake_twilio, "/clock", {"advance": span}, status=400)


def test_a_real_clock_is_not_moved() -> None:
    with FakeTwilio() as fake:
        refused = change(fake, "/clock", {"advance": "1s"}, status=409)

        assert ask(fake, "/clock")["kind"] == "real"
        assert "time passes by itself" in refused["problems"][0]
