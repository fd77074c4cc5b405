from typing import Any

import pytest

from fake_twilio.load.gathering import KEY, REFUSAL, REST
from tests.fake_twilio.load.doubles import Runner
from tests.fake_twilio.load.loads import HISTOGRAM, Begin, refusal


def test_forked_workers_are_told_before_their_master_ends(load: Begin) -> None:
    runner = Runner("a")
    running = load(runner, master=True, processes=2, slo="p99_sned=1s")

    refusal(running)

    assert runner.done == ["quit"]
    assert sum(running.pauses) == pytest.approx(5.0)  # the second one never came


def test_a_worker_reports_and_sends_the_rest_when_it_leaves(load: Begin) -> None:
    running = load(worker=True).begin().see(0.2)
    data: dict[str, Any] = {}

    running.environment.events.report_to_master.fire(client_id="a", data=data)
    running.see(0.1)
    running.environment.events.quitting.fire(environment=running.environment)

    assert data[KEY]["tally"]["histograms"]["send"] == HISTOGRAM
    assert running.environment.runner.done == ["stop"]
    ((kind, rest),) = running.environment.runner.sent
    assert kind == REST
    assert rest is not None
    assert rest["tally"]["histograms"]["send"]["max_seconds"] == 0.1


def test_a_worker_goes_nowhere_that_it_may_not(load: Begin) -> None:
    running = load(worker=True)
    running.environment.host = "http://192.0.2.1"  # as its master said

    said = refusal(running)

    assert said.startswith("load: loads go to this machine")
    assert running.environment.runner.sent == [(REFUSAL, {"why": said})]


def test_a_load_that_is_not_distributed_dismisses_nobody(load: Begin) -> None:
    running = load(slo="p99_sned=1s")

    refusal(running)

    assert running.environment.runner.done == []
