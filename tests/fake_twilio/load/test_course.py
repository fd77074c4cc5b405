import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from types import SimpleNamespace
from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.gathering import FINISH, KEY, REFUSAL, REST
from fake_twilio.load.session import attach
from fake_twilio.load.share import share_of
from fake_twilio.load.summary import Summary
from fake_twilio.load.tally import Tally
from tests.fake_twilio.load.doubles import Runner
from tests.fake_twilio.load.loads import HISTOGRAM, Begin, Load, refusal


def test_a_load_that_keeps_its_objectives_passes(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(slo="max_send=300ms").begin().see(0.1, 0.2).end() is None

    assert capsys.readouterr().out == "max_send 200ms <=300ms PASS\n"


@pytest.mark.parametrize("slo", ["max_send=150ms", "max_send=1s,errors=0", "p99_delivered=1s"])
def test_a_miss_is_status_1(load: Begin, slo: str, capsys: pytest.CaptureFixture[str]) -> None:
    running = load(slo=slo).begin().see(0.1, 0.2).request(ValueError())

    assert running.end() == 1
    assert "FAIL" in capsys.readouterr().out


def test_errors_that_are_allowed_are_no_failure(load: Begin) -> None:
    running = load(slo="errors=1").begin().request(ValueError())

    assert running.end() is None
    assert running.environment.parsed_options.exit_code_on_error == 0


@pytest.mark.parametrize("slo", [None, "max_send=1s"])
def test_without_a_word_on_errors_locust_decides_on_them(load: Begin, slo: str | None) -> None:
    running = load(slo=slo).begin().see(0.1).request(ValueError())

    running.end()

    assert running.environment.parsed_options.exit_code_on_error == 1


def test_a_mistake_in_the_locustfile_stays_one(load: Begin) -> None:
    running = load(slo="errors=1").begin().request(ValueError())
    running.environment.runner.exceptions = {1: "a trace"}

    running.end()

    assert running.environment.parsed_options.exit_code_on_error == 1


def test_a_summary_is_written(load: Begin, fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    running = load(summary=str(tmp_path), scenario="carrier_reject").begin().see(0.1)

    running.end()

    ((folder, summary),) = running.written
    assert folder == tmp_path
    told = {"host": fake_twilio.url, "scenario": "carrier_reject", "processes": "1"}
    assert told.items() <= dict(summary.ran).items()
    assert [(figure.name, figure.times) for figure in summary.figures] == [("send", 1)]


def test_a_summary_that_cannot_be_written_is_told(
    load: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = load(summary=str(tmp_path))
    running.attach(fail_to_write)
    running.environment.events.init.fire(environment=running.environment)
    running.environment.events.test_start.fire()

    assert running.end() == 1
    assert capsys.readouterr().err == f"load: the summary cannot be written to {tmp_path}: No space left on device\n"


def fail_to_write(_folder: Path, _summary: Summary) -> None:
    raise OSError(28, "No space left on device")


def test_measures_of_the_users_can_be_asked_for(load: Begin) -> None:
    running = load(slo="p99_checkout=1s")
    running.environment.user_classes = [SimpleNamespace(host=None, measures=("checkout",)), SimpleNamespace(host=None)]

    assert running.begin().end() == 1


def test_a_second_load_begins_with_nothing(load: Begin) -> None:
    running = load(slo="max_send=150ms").begin().see(0.2)
    running.environment.events.test_stopping.fire()
    running.environment.events.test_stop.fire()

    running.environment.events.test_start.fire()
    running.see(0.1)

    assert running.end() is None


def test_users_are_stopped_before_they_are_judged(load: Begin) -> None:
    running = load().begin()

    running.environment.events.quitting.fire()

    assert running.environment.runner.done == ["quit"]


def test_who_stops_the_load_just_now_is_waited_for(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    running = load(sink="own").begin()
    events = running.environment.events
    stopping = Timer(0.1, events.test_stop.fire)

    events.test_stopping.fire()
    stopping.start()
    events.quitting.fire()
    stopping.join()
    events.quit.fire(exit_code=0)

    assert running.environment.runner.done == []  # to quit would cut short who stops it
    assert "load, fake and sink agree to the message" in capsys.readouterr().out


def test_a_load_whose_stop_was_cut_short_is_compared_all_the_same(
    load: Begin, capsys: pytest.CaptureFixture[str]
) -> None:
    running = load(sink="own").begin()

    running.environment.events.quitting.fire()
    running.environment.events.quit.fire(exit_code=0)

    assert "load, fake and sink agree to the message" in capsys.readouterr().out


def test_a_load_that_never_began_is_not_judged(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    running = load(slo="errors=0")
    running.attach(fail_to_write)
    running.environment.events.init.fire(environment=running.environment)

    running.environment.events.quitting.fire()
    running.environment.events.quit.fire(exit_code=0)

    assert running.environment.process_exit_code is None
    assert capsys.readouterr().out == ""


def test_a_fake_that_is_gone_at_the_end_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with FakeTwilioFixture() as fake:
        running = Load(fake, slo="max_send=1s").begin().see(0.1)

    assert running.end() == 1
    told = capsys.readouterr()
    assert told.out == "max_send 100ms <=1s PASS\n"
    assert told.err.startswith(f"load: no fake answers at {fake.url}")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"slo": "p99_sned=1s"}, "load: --slo p99_sned: nobody measures 'sned'"),
        ({"scenario": "no_such"}, "load: --scenario no_such: no_such: no such file"),
        ({"sink": "http://127.0.0.1:1"}, "load: no sink answers at http://127.0.0.1:1"),
        ({"rate": "0"}, "load: a rate must be tasks a second"),
    ],
)
def test_what_cannot_begin_is_said_in_one_line(load: Begin, options: dict[str, Any], told: str) -> None:
    said = refusal(load(**options))

    assert said.startswith(told)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("https://api.twilio.com", "load: a load never goes to Twilio"),
        ("http://192.0.2.1", "load: loads go to this machine"),
        ("http://127.0.0.1:1", "load: no fake answers at http://127.0.0.1:1"),
    ],
)
def test_a_host_that_may_not_be_loaded_is_refused(load: Begin, host: str, told: str) -> None:
    running = load()
    running.environment.host = host

    assert refusal(running).startswith(told)


def test_a_wrong_account_is_refused(load: Begin) -> None:
    running = load()
    running.environ = {**running.environ, "TWILIO_AUTH_TOKEN": "0" * 32}

    assert "does not let this account in" in refusal(running)


def test_a_port_of_the_page_that_is_taken_is_told(load: Begin) -> None:
    running = load()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        running.environment.web_ui = SimpleNamespace(host="127.0.0.1", port=port)

        assert refusal(running) == (
            f"load: the port {port} of Locust's page is taken: give --web-port another, or --headless"
        )


def test_a_host_chosen_on_the_page_is_checked_when_the_load_begins(load: Begin) -> None:
    running = load()
    running.environment.host = None
    running.environment.web_ui = SimpleNamespace(host="127.0.0.1", port=0)
    attach(running.environment.events, environ={}, pause=running.pauses.append)
    running.environment.events.init.fire(environment=running.environment)
    running.environment.host = "https://api.twilio.com"

    with pytest.raises(SystemExit, match="a load never goes to Twilio"):
        running.environment.events.test_start.fire()


def test_a_message_that_the_load_did_not_send_is_told_and_a_miss(
    load: Begin, fake_twilio: FakeTwilioFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    running = load(sink="own").begin()
    submit_a_stray_one(fake_twilio)

    assert running.end() == 1
    assert "sent: load 0 and 0 replies, fake 1\n" in capsys.readouterr().out


def test_it_is_no_miss_if_counts_may_differ(load: Begin, fake_twilio: FakeTwilioFixture) -> None:
    running = load(sink="own", may_differ=True).begin()
    submit_a_stray_one(fake_twilio)

    assert running.end() is None


def submit_a_stray_one(fake: FakeTwilioFixture) -> None:
    fake.submit((("To", "+15551234567"), ("From", "+15005550006"), ("Body", "a stray one")))
    fake.settle()


def test_a_master_waits_for_what_is_left_at_its_workers(load: Begin) -> None:
    runner = Runner("a")
    running = load(runner, master=True, slo="max_send=150ms").begin()
    left = {"number": 1, "tally": {"histograms": {"send": HISTOGRAM}, "counts": {}}}
    runner.on_send = lambda _: runner.listeners[REST](environment=None, msg=SimpleNamespace(node_id="a", data=left))

    assert running.end() == 1
    assert runner.sent == [(FINISH, None)]
    assert running.written == []


def test_a_worker_that_does_not_answer_is_a_miss(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    runner = Runner("a")
    running = load(runner, master=True).begin()
    runner.clients.all.pop()  # it vanished, so nobody waits for it
    running.environment.events.worker_report.fire(client_id="a", data={KEY: {"number": 1, "tally": Tally().to_tree()}})

    assert running.end() == 1
    assert capsys.readouterr().out == "1 workers did not tell all that they saw\n"


def test_a_load_in_which_a_worker_cannot_take_part_ends(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    runner = Runner("a")
    running = load(runner, master=True).begin()

    runner.listeners[REFUSAL](environment=None, msg=SimpleNamespace(node_id="a", data={"why": "load: not me"}))
    wait_for(lambda: "quit" in runner.done)

    assert running.end() == 1
    assert capsys.readouterr().err.splitlines()[0] == "load: not me"


def wait_for(is_so: Callable[[], bool]) -> None:
    pause = Event()
    while not is_so():
        pause.wait(0.01)


def test_it_is_judged_and_told_once_though_locust_shuts_down_twice(
    load: Begin, capsys: pytest.CaptureFixture[str]
) -> None:
    running = load(slo="max_send=1s").begin().see(0.1)
    events = running.environment.events

    running.end()
    events.quitting.fire()
    events.quit.fire(exit_code=0)

    assert capsys.readouterr().out.count("max_send") == 1


def test_a_load_that_ended_before_its_count_is_a_miss(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    running = load(messages="3").begin()
    share_of(running.environment).fresh_recipients(2)

    assert running.end() == 1
    assert "load: it ended before 3 messages were sent" in capsys.readouterr().err


def test_one_that_sent_all_is_none(load: Begin, capsys: pytest.CaptureFixture[str]) -> None:
    running = load(messages="3").begin()
    share_of(running.environment).fresh_recipients(3)

    assert running.end() is None
    assert capsys.readouterr().err == ""


def test_workers_of_a_load_that_cannot_be_dealt_out_are_told_before_their_master_ends(load: Begin) -> None:
    runner = Runner("a", "b")
    running = load(runner, master=True, processes=2, messages="3")

    assert refusal(running).startswith("load: --messages are dealt to 2 workers, and users are 1")
    assert runner.done == ["quit"]


@pytest.mark.parametrize("wrong", [{"sink": "http://127.0.0.1:1"}, {"shape": "wave"}], ids=["sink", "shape"])
def test_reports_are_taken_while_all_else_is_still_being_set_up(load: Begin, wrong: dict[str, str]) -> None:
    running = load(Runner("a"), master=True, **wrong)

    refusal(running)

    running.environment.events.worker_report.fire(client_id="a", data={KEY: {"number": 1, "tally": tree_of_tally(0.2)}})
    assert share_of(running.environment).tally.histogram("send").count == 1


def tree_of_tally(seconds: float) -> dict[str, Any]:
    tally = Tally()
    tally.record("send", seconds)
    return tally.to_tree()
