from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.share import share_of
from tests.fake_twilio.load.doubles import Environment


def told(kind: str = "POST", failure: Exception | None = None) -> dict[str, object]:
    return {"request_type": kind, "name": "x", "response_time": 250.0, "response_length": 7, "exception": failure}


def test_the_users_of_a_process_share_one() -> None:
    environment = Environment()

    assert share_of(environment) is share_of(environment)
    assert share_of(environment) is not share_of(Environment())


def test_each_line_of_the_statistics_is_counted_once() -> None:
    environment = Environment()
    share = share_of(environment)
    share_of(environment)

    environment.events.request.fire(**told())
    environment.events.request.fire(**told(failure=RequestFailed("HTTP 500")))

    assert share.tally.counts == {"POST x": 2, "errors": 1, "failed POST x": 1, "requests": 2}
    assert share.tally.histogram("request").count == 2
    assert share.tally.histogram("request").max == 0.25


def test_what_is_timed_from_its_schedule_is_no_request() -> None:
    environment = Environment()
    share = share_of(environment)

    environment.events.request.fire(**told("schedule"))

    assert share.tally.counts == {"requests": 1}
    assert share.tally.measures == ()


def test_a_worker_gives_away_numbers_of_its_own() -> None:
    one, another = Environment(), Environment()
    another.runner.worker_index = 1

    assert share_of(one).recipients.fresh()[:5] == "+1290"
    assert share_of(another).recipients.fresh()[:5] == "+1291"
