from collections.abc import Callable

import pytest

from fake_twilio.load.interrupts import Interrupts


class Hub:
    """A hub whose loop runs when it is told to."""

    def __init__(self) -> None:
        self.loop = self
        self.calls: list[Callable[[], object]] = []
        self.thrown: list[type[BaseException]] = []

    def run_callback_threadsafe(self, call: Callable[[], object], /) -> None:
        self.calls.append(call)

    def handle_system_error(self, kind: type[BaseException], error: BaseException, /) -> None:
        assert isinstance(error, kind)
        self.thrown.append(kind)

    def run(self) -> None:
        while self.calls:
            self.calls.pop(0)()


def test_ctrl_c_reaches_the_main_greenlet_once_no_other_runs() -> None:
    hub = Hub()
    press = Interrupts(hub)

    press(2, None)
    assert hub.thrown == []

    hub.run()
    assert hub.thrown == [KeyboardInterrupt]


def test_each_is_handed_on_if_the_one_before_was_taken() -> None:
    hub = Hub()
    press = Interrupts(hub)

    for _ in range(2):
        press(2, None)
        hub.run()

    assert hub.thrown == [KeyboardInterrupt] * 2


def test_a_second_one_interrupts_a_user_that_lets_nobody_else_run() -> None:
    press = Interrupts(Hub())
    press(2, None)

    with pytest.raises(KeyboardInterrupt):
        press(2, None)
