"""What ends a load is one line, and its workers end too."""

import pytest

from fake_twilio.load.ending import dismiss_workers, end, line_of
from fake_twilio.load.errors import LoadError
from tests.fake_twilio.load.doubles import Environment, Runner


def test_an_error_is_one_line_whatever_is_in_it() -> None:
    assert line_of(LoadError("it is\n  so")) == "load: it is so"
    with pytest.raises(SystemExit) as ended:
        end(LoadError("it is so"))
    assert ended.value.code == "load: it is so"


def test_a_master_tells_workers_elsewhere_and_ends_its_forks() -> None:
    runner = Runner("a")

    dismiss_workers(Environment(runner=runner, master=True, processes=2), lambda: runner.done.append("forks"))

    assert runner.done == ["quit", "forks"]


def test_who_has_no_workers_dismisses_none() -> None:
    runner = Runner()

    dismiss_workers(Environment(runner=runner), lambda: runner.done.append("forks"))

    assert runner.done == []
