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


@pytest.mark.parametrize(("workers", "seconds"), [((), 25.0), (("a",), 25.0), (("a", "b"), 0.0)])
def test_a_master_waits_for_its_forks_to_be_there_and_ends_them(workers: tuple[str, ...], seconds: float) -> None:
    runner, pauses = Runner(*workers), list[float]()

    dismiss_workers(Environment(runner=runner, master=True, processes=2), pauses.append)

    assert sum(pauses) == pytest.approx(seconds)
    assert runner.done == ["quit"]


def test_who_has_no_workers_dismisses_none() -> None:
    runner = Runner()

    dismiss_workers(Environment(runner=runner), [].append)

    assert runner.done == []
