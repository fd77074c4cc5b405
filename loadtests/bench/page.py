"""The page docs/performance.md: every figure with its goal, made from what the benches told."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from figures import Figure
from misses import WHY
from one_process import one_process
from pictures import pictures
from plan import PLAN, Bench, Chapter
from results import Run, Told, all_told

HEAD = """# How fast client and fake are

Made by `make bench` and `make bench-long` from what the benches told; do not edit it by hand.

A figure is the median of its rounds, and what is compared is measured in turns in one run: on another machine, or at
another hour, the absolute figures are others, while the ratios hold. A goal that is missed is printed, not an error.
"""
REPEAT = """
## How to repeat it

`make bench` runs what needs no more than `make test` does, in less than five minutes, and writes this page; `make
bench-long` runs what takes longer, other fakes among them, and adds to it. Nothing else should be at work on the
machine. Prism (`@stoplight/prism-cli`), Mockoon (`@mockoon/cli`) and WireMock (`wiremock`, with a Java) come from npm,
moto (`moto[server]`) and httpx from PyPI; what is not there is skipped by name. Prism reads Twilio's own description of
its API, which is no part of this project. Each bench is a command of its own, as above; its first lines say what its
arguments are. `python loadtests/bench/run_all.py --only FILE` has one of them told anew on this page.
"""
PICTURES_OF = {
    "The client": ("client",),
    "Beside other fakes": ("fakes",),
    "As the store grows": ("store", "memory"),
}


class Page(NamedTuple):
    """The text of the page, and the pictures that it shows, by the name of the file."""

    text: str
    pictures: Mapping[str, str]


def make_page(runs: Mapping[str, Run], why: Mapping[str, str] = WHY) -> Page:
    """Return the page of these runs, which have the names of their targets in the Makefile; *why* explains misses."""
    told = all_told(runs.values())
    figures = {figure.name: figure for each in told.values() for figure in each.figures}
    drawn = pictures(figures)
    parts = [
        HEAD,
        *(f"\n{_of_run(name, run)}\n" for name, run in runs.items()),
        *_goals(told, drawn),
        *_missed(figures.values(), why),
        *(part for chapter in PLAN for part in _chapter(chapter, told, drawn)),
        *one_process(figures),
        REPEAT,
    ]
    return Page("".join(parts), drawn)


def _of_run(name: str, run: Run) -> str:
    machine = ", ".join(f"{part} {version}" for part, version in run.machine.items())
    return f"`make {name}` of {run.day} took {run.seconds:.0f} s, with {machine}."


def _goals(told: Mapping[str, Told], drawn: Mapping[str, str]) -> Iterator[str]:
    yield "\n## Goals\n\n| figure | value | goal | | command |\n| --- | ---: | ---: | --- | --- |\n"
    for command, each in told.items():
        for figure in each.figures:
            if figure.goal is not None:
                verdict = "PASS" if figure.is_met else "**FAIL**"
                yield f"| `{figure.name}` | {figure.shown} | {_read_out(figure.goal)} | {verdict} | `{command}` |\n"
    yield from _shown(("goals",), drawn)


def _missed(figures: Iterable[Figure], why: Mapping[str, str]) -> Iterator[str]:
    yield "\n## What is missed, and why\n\n"
    missed = [figure for figure in figures if not figure.is_met]
    for each in missed:
        wanted = f"`{each.name}` is {each.shown}, wanted {_read_out(each.goal or '')}"
        yield f"- {wanted}: {why.get(each.name, 'not looked into yet')}.\n"
    if not missed:
        yield "Nothing: every goal is met.\n"


def _chapter(chapter: Chapter, told: Mapping[str, Told], drawn: Mapping[str, str]) -> Iterator[str]:
    found = [bench for bench in chapter.benches if bench.command in told]
    if not found:
        return
    yield f"\n## {chapter.title}\n"
    yield from _shown(PICTURES_OF.get(chapter.title, ()), drawn)
    for bench in found:
        yield from _bench(bench, told[bench.command])


def _bench(bench: Bench, told: Told) -> Iterator[str]:
    runs = f", the median of {bench.runs} runs" if bench.runs > 1 else ""
    yield f"\n`{bench.command}`{runs}: {bench.about}\n"
    without_goal = [figure for figure in told.figures if figure.goal is None]
    if without_goal:
        yield "\n| also measured | value |\n| --- | ---: |\n"
    for figure in without_goal:
        yield f"| `{figure.name}` | {figure.shown} |\n"
    if told.skipped:
        yield f"\nSkipped: {'; '.join(told.skipped)}.\n"


def _shown(names: Iterable[str], drawn: Mapping[str, str]) -> Iterator[str]:
    for file in (f"performance-{name}.svg" for name in names):
        if file in drawn:
            yield f"\n![{_title(drawn[file])}](images/{file})\n"


def _title(picture: str) -> str:
    return picture.partition('<title id="title">')[2].partition("</title>")[0]


def _read_out(goal: str) -> str:
    return goal.replace("<=", "≤ ").replace(">=", "≥ ")
