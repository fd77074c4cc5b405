"""A figure is judged by the goal that it is printed with."""

import pytest

from loadtests.bench.figures import report


@pytest.mark.parametrize(
    ("value", "goal", "is_met"),
    [
        (1, "<=1", True),
        (1.01, "<=1", False),
        (2, ">=1", True),
        (0, ">=1", False),
        (0, "==0", True),
        (1, "==0", False),
        (1, ">0", True),
        (0, ">0", False),
        (0.4, "<0.5", True),
        (0.5, "<0.5", False),
    ],
)
def test_a_figure_is_met_if_it_stands_to_its_goal_as_the_goal_says(capsys, value, goal, is_met):
    assert report("some_figure", value, goal) is is_met

    assert capsys.readouterr().out == f"some_figure {value} {goal} {'PASS' if is_met else 'FAIL'}\n"


def test_a_figure_without_a_goal_is_only_told(capsys):
    assert report("some_figure", 1234.5)

    assert capsys.readouterr().out == "some_figure 1234.5\n"
