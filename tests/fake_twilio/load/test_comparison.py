from threading import Event, Thread
from typing import Any

from fake_twilio.load.comparison import Comparison
from fake_twilio.load.errors import LoadError
from fake_twilio.load.surroundings import Counted

COUNTED = Counted({"messages": {"delivered": 3}}, {}, ())


class Around:
    """Surroundings that count when they may."""

    def __init__(self, error: LoadError | None = None) -> None:
        self.asked: list[str] = []
        self.is_asked, self.may_count = Event(), Event()
        self._error = error

    def begin(self) -> None:
        self.asked.append("begin")

    def end(self) -> Counted:
        self.asked.append("end")
        self.is_asked.set()
        assert self.may_count.wait(10)
        if self._error is not None:
            raise self._error
        return COUNTED

    def close(self) -> None:
        self.asked.append("close")


def begun(around: Any) -> Comparison:
    comparison = Comparison()
    comparison.begin(around)
    return comparison


def test_it_is_compared_once_though_a_load_is_stopped_twice() -> None:
    around = Around()
    comparison = begun(around)
    around.may_count.set()

    comparison.end()
    comparison.end()

    assert around.asked == ["begin", "end", "close"]
    assert comparison.result() == COUNTED


def test_who_asks_for_the_result_waits_until_it_is_there() -> None:
    around = Around()
    comparison = begun(around)
    first = Thread(target=comparison.end)
    first.start()
    assert around.is_asked.wait(10)

    comparison.end()  # the second stop: somebody compares already
    Thread(target=around.may_count.set).start()

    assert comparison.result() == COUNTED
    first.join()


def test_what_cannot_be_compared_is_a_problem_and_all_is_closed() -> None:
    around = Around(LoadError("no fake\nanswers"))
    comparison = begun(around)
    around.may_count.set()

    comparison.end()

    assert comparison.result() == Counted()
    assert comparison.problems == ["load: no fake answers"]
    assert around.asked[-1] == "close"


def test_a_load_that_never_began_has_nothing_to_compare() -> None:
    comparison = Comparison()

    comparison.end()

    assert comparison.result() == Counted()
