"""The page tells each figure, its goal, what is missed and why, and leaves out what was not measured."""

import pytest

from tests.bench.modules import bench_module

page, results, plan = bench_module("page"), bench_module("results"), bench_module("plan")
Figure = bench_module("figures").Figure
BENCH = plan.Bench("post_messages.py")
FAST = Figure("fake_requests_a_second", 1500.0)
MET, MISSED = Figure("fake_post_over_bare_flask", 0.75, ">=0.7"), Figure("gates_us", 9.0, "<=8")


def made_of(*figures, skipped=(), why=None):
    told = results.Told(BENCH.command, figures, skipped)
    run = results.Run("2026-11-27", {"Python": "3.11", "cores": "2"}, 12.0, (told,))
    return page.make_page({"bench": run}, why or {})


def test_each_goal_stands_with_its_value_and_command():
    text = made_of(FAST, MET, MISSED).text

    assert f"| `fake_post_over_bare_flask` | 0.75 | ≥ 0.7 | PASS | `{BENCH.command}` |" in text
    assert f"| `gates_us` | 9 | ≤ 8 | **FAIL** | `{BENCH.command}` |" in text
    assert "| `fake_requests_a_second` | 1,500 |" in text


def test_what_is_missed_is_told_with_the_reason_that_is_known():
    why = {"gates_us": "the machine was at work"}

    text = made_of(MET, MISSED, Figure("other", 2.0, "<=1"), why=why).text

    assert "- `gates_us` is 9, wanted ≤ 8: the machine was at work.\n" in text
    assert "- `other` is 2, wanted ≤ 1: not looked into yet.\n" in text


def test_nothing_missed_is_said_too():
    assert "Nothing: every goal is met." in made_of(MET).text


def test_who_measured_what_and_when_stands_there():
    text = made_of(MET, skipped=("httpx: not installed",)).text

    assert "`make bench` of 2026-11-27 took 12 s, with Python 3.11, cores 2." in text
    assert "Skipped: httpx: not installed." in text


def test_only_charts_of_what_was_measured_are_drawn_and_shown():
    made = made_of(FAST, MET)

    assert set(made.pictures) == {"performance-goals.svg", "performance-fakes.svg"}
    assert "(images/performance-goals.svg)" in made.text
    assert "performance-store.svg" not in made.text


def test_what_one_process_holds_is_told_by_bounds_and_figures():
    text = made_of(FAST, MET).text

    assert "- 100,000 messages; then the oldest finished one is forgotten" in text
    assert "- 1,500 messages a second, where nobody is told of them;" in text
    assert "callbacks a second, once" not in text


@pytest.mark.parametrize(
    "bench", [bench for chapter in plan.PLAN for bench in chapter.benches], ids=lambda b: b.command
)
def test_each_bench_of_the_plan_is_there_and_says_what_it_measures(bench):
    assert len(bench.about) > 20
    assert "\n" not in bench.about
