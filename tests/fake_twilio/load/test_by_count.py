from threading import Event
from types import SimpleNamespace

import pytest

from fake_twilio.load.by_count import ByCount
from fake_twilio.load.dealing import DEAL, SPENT
from fake_twilio.load.errors import LoadError
from fake_twilio.load.share import share_of
from tests.fake_twilio.load.doubles import Environment, Runner


class Noted(Runner):
    """A runner that tells when it was asked to end."""

    def __init__(self, *workers: str) -> None:
        super().__init__(*workers)
        self.has_ended = Event()

    def stop(self) -> None:
        super().stop()
        self.has_ended.set()

    def quit(self) -> None:
        super().quit()
        self.has_ended.set()


def begun(environment: Environment) -> ByCount:
    by_count = ByCount(environment)
    by_count.listen()
    by_count.begin()
    return by_count


def test_without_a_count_users_begin_as_many_as_they_like() -> None:
    environment = Environment(messages=None)

    assert begun(environment).problems == []
    assert len(share_of(environment).fresh_recipients(500)) == 500


@pytest.mark.parametrize(("page", "asked"), [(None, ["quit"]), (SimpleNamespace(), ["stop"])], ids=["bare", "page"])
def test_a_load_ends_once_all_were_begun(page: object, asked: list[str]) -> None:
    runner = Noted()
    environment = Environment(runner=runner, messages="3")
    environment.web_ui = page
    by_count = begun(environment)

    share_of(environment).fresh_recipients(5)

    assert runner.has_ended.wait(10)
    assert (runner.done, by_count.problems) == (asked, [])


def test_a_load_that_ended_before_says_so() -> None:
    environment = Environment(messages="3")
    by_count = begun(environment)

    share_of(environment).fresh_recipients(2)

    assert by_count.problems == [
        "load: it ended before 3 messages were sent: give it more time (-t), or fewer --messages"
    ]


def test_a_load_that_ends_already_is_not_ended_again() -> None:
    environment = Environment(runner=Noted(), messages="3")
    by_count = begun(environment)

    environment.events.test_stopping.fire(environment=environment)
    share_of(environment).fresh_recipients(3)

    assert (environment.runner.done, by_count.problems) == ([], [])


def test_a_master_deals_and_ends_when_its_workers_have_begun_all() -> None:
    runner = Noted("a", "b")
    runner.target_user_count = 2
    environment = Environment(runner=runner, messages="3", master=True)
    begun(environment)

    runner.listeners[SPENT](environment=environment, msg=SimpleNamespace(node_id="a"))
    runner.clients.all.pop()  # b vanished
    environment.events.worker_report.fire(client_id="a", data={})

    assert runner.sent == [(DEAL, {"messages": 2}), (DEAL, {"messages": 1})]
    assert runner.has_ended.wait(10)


def test_another_load_has_the_count_anew() -> None:
    environment = Environment(runner=Noted(), messages="2")
    by_count = begun(environment)
    share_of(environment).fresh_recipients(2)

    by_count.begin()

    assert len(by_count.problems) == 1
    assert len(share_of(environment).fresh_recipients(9)) == 2


def test_what_is_no_count_is_refused() -> None:
    with pytest.raises(LoadError, match="--messages must be a whole number"):
        begun(Environment(messages="many"))
