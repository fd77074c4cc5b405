"""What a scenario says that was hardly meant: rules that are never reached, variables of no use, endless waits."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from fake_twilio.domain.fate.faults import Break
from fake_twilio.domain.fate.outcome import FaultPlan
from fake_twilio.domain.rules.scenario import Rule
from fake_twilio.scenario_files.load import Reading
from fake_twilio.scenario_files.problems import Path, Problem, shown
from fake_twilio.scenario_tools.quantiles import quantile
from fake_twilio.scenario_tools.shadows import impossible, shadowed

LONG_SECONDS = 30.0
_USUAL = 0.9  # the share of the draws that counts


def doubts(reading: Reading) -> list[tuple[str, Problem]]:
    """Return each doubt with the file that it is about, in the order of the file."""
    rules, paths = reading.scenario.rules, list(reading.rule_paths())
    found = [*_unreached(reading, paths), *_waits(reading, rules, paths), *reading.assembled.unused()]
    return sorted(found, key=lambda doubt: (doubt[0] != reading.assembled.main.file, doubt[0], doubt[1].place))


def _unreached(reading: Reading, paths: Sequence[Path]) -> Iterator[tuple[str, Problem]]:
    rules = reading.scenario.rules
    for place, rule in enumerate(rules):
        reason = impossible(rule.when)
        if reason:
            yield _doubt(reading, paths[place], f"'{shown(rule.name)}' never applies: {reason}")
    for place, by in shadowed(rules):
        name, other = shown(rules[place].name), shown(rules[by].name)
        where = _where(reading, paths[place], paths[by])
        what = f"'{name}' is never reached: '{other}' ({where}) takes all that it would"
        yield _doubt(reading, paths[place], what)


def _where(reading: Reading, path: Path, other: Path) -> str:
    """Return the line of *other*, and its file if that is not the one of *path*."""
    file, place = reading.locate(other)
    return (
        f"line {place.line}" if file == reading.locate(path)[0] else f"{shown(PurePath(file).name)}, line {place.line}"
    )


def _waits(reading: Reading, rules: Sequence[Rule], paths: Sequence[Path]) -> Iterator[tuple[str, Problem]]:
    for rule, path in zip(rules, paths, strict=True):
        faults = [outcome.fault for _, outcome in rule.then.options if outcome.fault]
        reason = next(filter(None, map(_wait, faults)), None)
        if reason:
            yield _doubt(
                reading, path, f"'{shown(rule.name)}' {reason}: clients wait in real time, until they time out"
            )


def _wait(fault: FaultPlan) -> str | None:
    """Return how a client waits in vain, if it does."""
    if fault.kind is Break.HANG:
        return "hangs"
    seconds = sum(quantile(delay, _USUAL) for delay in (fault.latency, fault.drip) if delay)
    return f"may take more than {LONG_SECONDS:g}s" if seconds > LONG_SECONDS else None


def _doubt(reading: Reading, path: Path, what: str) -> tuple[str, Problem]:
    file, place = reading.locate(path)
    return file, Problem(place, path, what)
