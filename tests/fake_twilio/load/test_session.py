"""Each process of a load has its part."""

from tests.fake_twilio.load.doubles import Runner
from tests.fake_twilio.load.loads import Begin, refusal


def test_the_workers_of_a_load_that_cannot_begin_end_with_their_master(load: Begin) -> None:
    runner = Runner("a")
    running = load(runner, master=True, processes=2, slo="p99_sned=1s")

    refusal(running)

    assert runner.done == ["quit"]
    assert running.ended == ["forks"]


def test_a_load_that_is_not_distributed_dismisses_nobody(load: Begin) -> None:
    running = load(slo="p99_sned=1s")

    refusal(running)

    assert running.environment.runner.done == []
    assert running.ended == []


def test_a_worker_does_not_judge(load: Begin) -> None:
    running = load(worker=True, slo="max_send=1ms").begin().see(0.2)

    assert running.end() is None
    assert running.environment.runner.done == ["stop"]


def test_a_worker_for_which_no_recipients_are_left_ends_in_one_line(load: Begin) -> None:
    running = load(worker=True)
    running.environment.runner.worker_index = 80

    assert refusal(running) == "load: a load has at most 80 workers, is number 80: start fewer"
