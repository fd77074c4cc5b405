"""Benches are run one after the other; one that fails is named and does not end the others."""

from tests.bench.modules import bench_module

run_all, plan, results = bench_module("run_all"), bench_module("plan"), bench_module("results")


def test_what_is_told_is_printed_and_kept_and_a_failure_is_named(capsys):
    wanted = [plan.Bench("no_such_bench.py"), plan.Bench("matching.py", runs=2)]

    told = list(run_all.run_each(wanted))

    assert [each.command for each in told] == ["python loadtests/bench/matching.py"]
    assert [figure.name for figure in told[0].figures] == ["match_1000_rules_us"]
    printed = capsys.readouterr().out
    assert "failed no_such_bench.py: status 2" in printed
    assert str(told[0].figures[0]) in printed


def test_short_and_long_benches_are_told_apart():
    short, long = plan.benches(is_long=False), plan.benches(is_long=True)

    assert not set(short) & set(long)
    assert {bench.file for bench in long} <= {bench.file for bench in short}


def test_what_is_run_alone_takes_its_place_among_what_was_told_before():
    first, second = plan.Bench("matching.py"), plan.Bench("gates.py")
    old, new = (results.Told(first.command, (), (word,)) for word in ("old", "new"))
    other = results.Told(second.command, ())
    before, now = (results.Run("2026-11-27", {}, seconds, told) for seconds, told in ((9, (old, other)), (1, (new,))))

    merged = run_all.merged(before, now, [first, second])

    assert merged == results.Run("2026-11-27", {}, 9, (new, other))


def test_what_left_the_plan_leaves_the_page():
    gone = results.Told("python loadtests/bench/gone.py", ())
    run = results.Run("2026-11-27", {}, 9, (gone,))

    assert run_all.merged(run, run, [plan.Bench("matching.py")]).told == ()
