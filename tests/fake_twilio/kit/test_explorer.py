"""Apps with bugs, and apps without, against every order of their callbacks."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from threading import Lock

import pytest
from flask import Flask, request

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.explorer import Broken, parse_lives
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.doubles import SERVICE_SID

URL = "https://app.test/status"
Note = Callable[[str, str], object]


def app_of(note: Note) -> Flask:
    app = Flask("app")

    @app.post("/status")
    def status() -> tuple[str, int]:
        note(request.form["MessageSid"], request.form["MessageStatus"])
        return "", 204

    return app


def send(fake: FakeTwilioFixture, note: Note, messages: int = 1, url: str | None = URL) -> list[str]:
    """Send messages whose callbacks go to *note*; return their SIDs."""
    fake.mount("https://app.test", app_of(note))
    with fake.client() as client:
        return [
            client.messages.send(to=f"+1555123000{n}", from_=SENDER, body="x", status_callback=url).sid
            for n in range(messages)
        ]


def test_what_a_test_fails_with_by_itself_is_told_too(fake_twilio: FakeTwilioFixture) -> None:
    def giving_up(fake: FakeTwilioFixture) -> None:
        send(fake, lambda sid, status: None)
        fake.settle()
        if fake.callbacks[0].webhook.status == "delivered":
            pytest.fail("the receipt came first")

    with pytest.raises(Broken, match="the receipt came first") as caught:
        fake_twilio.explore(giving_up)

    assert caught.value.tried == 2


def test_a_test_that_is_skipped_is_skipped(fake_twilio: FakeTwilioFixture) -> None:
    def skipping(fake: FakeTwilioFixture) -> None:
        pytest.skip("not today")

    with pytest.raises(pytest.skip.Exception):
        fake_twilio.explore(skipping)


def test_an_app_that_believes_what_came_last_is_caught_and_the_file_says_how(
    fake_twilio: FakeTwilioFixture, tmp_path: Path
) -> None:
    def careless(fake: FakeTwilioFixture) -> None:
        believed: dict[str, str] = {}
        (sid,) = send(fake, believed.__setitem__)
        fake.settle()
        assert believed[sid] == "delivered"

    fake_twilio.reset(seed=5, start=1000)
    with pytest.raises(Broken) as caught:
        fake_twilio.explore(careless, write_to=tmp_path / "found.yaml")

    found = caught.value
    assert (found.schedule, found.tried, found.seed, found.start) == ("message 1: delivered, then sent", 2, 5, 1000)
    assert (tmp_path / "found.yaml").read_text("utf-8") == found.scenario
    assert isinstance(found.__cause__, AssertionError)
    assert "seed=5, start=1000.0" in str(found)


def test_an_app_that_counts_every_receipt_is_caught(fake_twilio: FakeTwilioFixture) -> None:
    def counting(fake: FakeTwilioFixture) -> None:
        receipts: list[str] = []
        send(fake, lambda _sid, status: receipts.append(status))
        fake.settle()
        assert receipts.count("delivered") == 1

    with pytest.raises(Broken) as caught:
        fake_twilio.explore(counting)

    assert caught.value.schedule == "message 1: sent, then delivered, then delivered"


def test_an_app_that_writes_its_row_after_the_answer_is_caught(fake_twilio: FakeTwilioFixture) -> None:
    def late_row(fake: FakeTwilioFixture) -> None:
        rows: set[str] = set()
        unknown: list[str] = []
        rows.update(send(fake, lambda sid, _status: sid in rows or unknown.append(sid)))
        fake.settle()
        assert unknown == []

    with pytest.raises(Broken) as caught:
        fake_twilio.explore(late_row)

    assert caught.value.schedule == (
        "message 1: sent, then delivered, the first before the answer to its request"
    )  # fmt: skip


def test_an_app_that_mixes_up_two_messages_is_caught_only_across_them(fake_twilio: FakeTwilioFixture) -> None:
    def mixing(fake: FakeTwilioFixture) -> None:
        told: list[str] = []
        send(fake, lambda sid, _status: told.append(sid), messages=2)
        fake.settle()
        changes = sum(one != other for one, other in pairwise(told))
        assert changes <= 1

    assert not fake_twilio.explore(mixing, across_messages=False, before_response=False).is_cut
    with pytest.raises(Broken, match="across messages: sent of 1, sent of 2, delivered of 1, delivered of 2"):
        fake_twilio.explore(mixing, before_response=False)


def test_what_is_found_comes_back_in_the_world_of_its_file(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    def last_of_two(fake: FakeTwilioFixture) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        sids = send(fake, lambda sid, status: told.append((sid, status)), messages=2)
        fake.settle()
        assert told[-1] != (sids[0], "sent"), told
        return told

    with pytest.raises(Broken) as caught:
        fake_twilio.explore(last_of_two, write_to=tmp_path / "found.yaml", bound=300)
    fake_twilio.reset(tmp_path / "found.yaml", seed=caught.value.seed, start=caught.value.start)

    with pytest.raises(AssertionError) as again:
        last_of_two(fake_twilio)
    assert str(again.value) == str(caught.value.__cause__)


def test_a_right_app_withstands_everything(fake_twilio: FakeTwilioFixture) -> None:
    lock = Lock()

    def right(fake: FakeTwilioFixture) -> None:
        final: dict[str, str] = {}

        def note(sid: str, status: str) -> None:
            with lock:
                final[sid] = status if final.get(sid) != "delivered" else "delivered"

        sids = send(fake, note)
        fake.settle()
        assert final == {sids[0]: "delivered"}

    explored = fake_twilio.explore(right, messages=3)

    assert (explored.tried, explored.possible, explored.is_cut) == (16, 16, False)  # it sends but one message


def test_messages_of_a_service_are_explored_too(fake_twilio: FakeTwilioFixture) -> None:
    seen: list[list[str]] = []

    def serving(fake: FakeTwilioFixture) -> None:
        seen.append([])
        fake.mount("https://app.test", app_of(lambda _sid, status: seen[-1].append(status)))
        with fake.client() as client:
            client.messages.send(to=RECIPIENT, messaging_service_sid=SERVICE_SID, body="x", status_callback=URL)
        fake.settle()

    fake_twilio.explore(serving, duplicates=False, before_response=False)

    assert seen == [["queued", "sent", "delivered"], ["queued", "delivered", "sent"]]


def test_a_bound_cuts_and_says_so(fake_twilio: FakeTwilioFixture) -> None:
    def sending(fake: FakeTwilioFixture) -> None:
        send(fake, lambda *_: None, messages=2)
        fake.settle()

    explored = fake_twilio.explore(sending, bound=3)

    assert (explored.tried, explored.possible, explored.is_cut) == (3, 2264, True)


def test_the_callbacks_come_as_the_schedule_says(fake_twilio: FakeTwilioFixture) -> None:
    seen: list[list[str]] = []

    def watching(fake: FakeTwilioFixture) -> None:
        told: list[str] = []
        send(fake, lambda _sid, status: told.append(status))
        early = len(told)
        fake.settle()
        seen.append([*told[:early], "|", *told[early:]])

    fake_twilio.explore(watching, duplicates=False, drops=True)

    assert sorted(seen) == sorted(
        [
            ["|", "sent", "delivered"],
            ["|", "delivered", "sent"],
            ["|", "sent"],
            ["|", "delivered"],
            ["sent", "|", "delivered"],
            ["delivered", "|", "sent"],
            ["sent", "|"],
            ["delivered", "|"],
        ]
    )


def test_what_pytest_calls_a_failure_is_one(fake_twilio: FakeTwilioFixture) -> None:
    def raises_nothing(fake: FakeTwilioFixture) -> None:
        send(fake, lambda *_: None)
        fake.settle()
        with pytest.raises(LookupError):
            fake.timeline(fake.messages[0].sid)

    with pytest.raises(Broken, match=r"schedule 1.*\nFailed: DID NOT RAISE"):
        fake_twilio.explore(raises_nothing)


def test_a_test_that_is_skipped_is_not_broken(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(pytest.skip.Exception):
        fake_twilio.explore(lambda _fake: pytest.skip("not today"))


def test_a_test_that_asserts_before_the_callbacks_came_is_told_so(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(ValueError, match="call settle\\(\\) before what it asserts"):
        fake_twilio.explore(lambda fake: send(fake, lambda *_: None))


def test_a_test_that_is_told_nothing_cannot_be_explored(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(ValueError, match="at least one message with a status callback"):
        fake_twilio.explore(lambda fake: send(fake, lambda *_: None, url=None))


@pytest.mark.parametrize("option", ["messages", "bound"])
def test_there_must_be_something_to_explore(fake_twilio: FakeTwilioFixture, option: str) -> None:
    with pytest.raises(ValueError, match="from 1 on"):
        fake_twilio.explore(lambda _fake: None, **{option: 0})  # type: ignore[arg-type] # a number


@pytest.mark.parametrize(
    ("lives", "wrong"),
    [
        ([], "at least one life"),
        ([[]], "an empty one"),
        ([["delivered"]], "delivered may not follow queued"),
        ([["sending", "sent"]], "not sending, sent"),
        ([["snet"]], "snet"),
    ],
)
def test_a_life_is_one_that_twilio_tells_of(lives: list[list[str]], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        parse_lives(lives)
