import pytest

from fake_twilio.load.errors import LoadError, RequestFailed
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

    assert share_of(one).fresh_recipients(1)[0][:5] == "+1290"
    assert share_of(another).fresh_recipients(1)[0][:5] == "+1291"


def test_there_are_as_many_recipients_as_messages_are_left() -> None:
    share = share_of(Environment())
    share.allotment.limit_to(60, list)

    found = [share.fresh_recipients(50), share.fresh_recipients(50), share.fresh_recipients(50)]

    assert [len(each) for each in found] == [50, 10, 0]
    assert len({number for each in found for number in each}) == 60


@pytest.mark.parametrize("most", [0, -1])
def test_nobody_is_no_recipient(most: int) -> None:
    with pytest.raises(LoadError, match=f"wanted 1 recipient or more, got {most}"):
        share_of(Environment()).fresh_recipients(most)
