"""A figure is judged by the goal that it is printed with."""

import pytest

from loadtests.bench.figures import Figure, report, skip


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


@pytest.mark.parametrize(
    "figure", [Figure("a_us", 12.5), Figure("b_2", 0.75, ">=0.8"), Figure("c", 3.0, ">0")], ids=str
)
def test_what_is_printed_can_be_read_again(figure):
    assert Figure.parse(str(figure)) == figure


@pytest.mark.parametrize("line", ["# a remark", "skipped httpx: not installed", "", "name", "name nothing", "a 1 <=2"])
def test_other_lines_are_no_figures(line):
    assert Figure.parse(line) is None


@pytest.mark.parametrize(
    ("value", "goal", "share"),
    [(5, "<=10", 0.5), (20, "<=10", 2.0), (20, ">=10", 0.5), (5, ">=10", 2.0), (0, ">=10", None), (1, "==0", None)],
)
def test_the_share_of_a_goal_that_is_used_up_passes_one_where_the_goal_is_missed(value, goal, share):
    assert Figure("some_figure", value, goal).share == share


def test_what_is_skipped_is_told_with_the_reason(capsys):
    skip("httpx", "not installed")

    assert capsys.readouterr().out == "skipped httpx: not installed\n"


def test_a_figure_without_a_goal_is_only_told(capsys):
    assert report("some_figure", 1234.5)

    assert capsys.readouterr().out == "some_figure 1234.5\n"
