"""What benches told is read from what they print, and comes back from its file as it was."""

from tests.bench.modules import bench_module

results = bench_module("results")
Figure = bench_module("figures").Figure
OUTPUT = "# remark\nskipped httpx: not installed\nspeed {} >=2 FAIL\nsize 7\n"


def test_the_median_of_several_runs_counts_and_is_judged_anew():
    told = results.Told.of_outputs("python x.py", [OUTPUT.format(value) for value in (1, 9, 3)])

    assert told.figures == (Figure("speed", 3.0, ">=2"), Figure("size", 7.0))
    assert told.figures[0].is_met
    assert told.skipped == ("httpx: not installed",)


def test_a_figure_that_only_one_run_told_is_kept():
    told = results.Told.of_outputs("python x.py", ["a 1\n", "a 3\nb 5\n"])

    assert told.figures == (Figure("a", 2.0), Figure("b", 5.0))


def test_runs_come_back_from_their_file(tmp_path):
    told = results.Told("python x.py", (Figure("speed", 3.0, ">=2"), Figure("size", 7.0)), ("httpx: not installed",))
    runs = {"bench": results.Run("2026-11-27", {"Python": "3.11"}, 12.0, (told,))}

    results.write_runs(tmp_path / "runs.json", runs)

    assert results.read_runs(tmp_path / "runs.json") == runs


def test_without_a_file_nothing_was_told(tmp_path):
    assert results.read_runs(tmp_path / "none.json") == {}
