"""Write docs/reference/errors.md: every error, and what to do."""

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from advice import ADVICE, ELSEWHERE

import fake_twilio
import twilio_sms
from fake_twilio.domain.fate.outcome import Choice
from fake_twilio.domain.rules.failures import ERROR_PATHS, ErrorPath, Family
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.catalogue import ALERTS, CATALOGUE, Kind, kind_of
from fake_twilio.domain.twilio.coverage import ALERTED, ENDED, PRODUCED
from fake_twilio.domain.twilio.errors import code_of
from fake_twilio.load.errors import LoadError, RequestFailed
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario
from twilio_sms import AmbiguousSendError, ApiError, DeliveryError, TwilioError
from twilio_sms.catalogue import CODES, STATUSES, error_class

PAGE = Path(__file__).with_name("errors.md")
# What a bundled scenario says without naming the code: by the limits, accounts, opt-outs or webhooks that it describes.
WITHOUT_A_WORD: Mapping[str, frozenset[int]] = {
    "account_suspended": frozenset({20403, 30002}),
    "accounts_and_keys": frozenset({20403}),
    "concurrency_limit": frozenset({20429}),
    "expired_validity": frozenset({30036}),
    "fallback_url": frozenset({11200}),
    "opted_out": frozenset({21610}),
    "queue_overflow": frozenset({21611}),
    "rotated_token": frozenset({20003}),
    "service_overflow": frozenset({30001}),
    "slow_webhook": frozenset({11205}),
    "stop_mid_campaign": frozenset({21610}),
}
_HEAD = """# Errors

Made by `make docs-reference` from the code; do not edit it by hand. The classes themselves are among the
[exceptions](exceptions.md).

## What a call of the client raises

Each class is one answer to *what can I do now*. `error.repeatable` says whether the same call may be made again, which
depends on what the failure proves, never on the class alone; `error.retry_after_seconds` says when, if anybody knows.

| exception | when | what to do |
| --- | --- | --- |
"""
_BY_CLASS_HEAD = """
What Twilio refused becomes the class of its code, and a code that is in no class the class of its HTTP status: 5xx is
`ServerError`, others are `RequestError`.

| exception | Twilio's codes | HTTP statuses |
| --- | --- | --- |
"""
_ELSEWHERE_HEAD = """
## What else may be raised

| exception | when | what to do |
| --- | --- | --- |
"""
_CODES_HEAD = """
## Twilio's codes

A scenario has the fake refuse with any code that refuses requests, by `then: {refuse: CODE}`, and end a message with
any code of a delivery, by a step `{status: undelivered, after: 1s, error: CODE}`, or one that `failed`. Where it says
*by itself*, the fake says it without a scenario too, as Twilio would. The scenarios
[come along](../bundled_scenarios.md): `fake-twilio serve NAME`.

### That refuse a request

| code | HTTP | | raises | scenarios |
| --- | --- | --- | --- | --- |
"""
_DELIVERIES_HEAD = """
### With which a message ends

| code | | `message.delivery_error` | what to do | scenarios |
| --- | --- | --- | --- | --- |
"""
_ALERTS_HEAD = """
### In Twilio's debugger

What `FakeTwilio.alerts` tells of the answers of an app, always by itself.

| code | | scenarios |
| --- | --- | --- |
"""
_FAILURES_HEAD = """
## How a test gets each failure

The failures that an app has to live with. The pytest option `--fake-twilio-report` tells which of them a test run has
met, by these names. What begins with a key is written into a scenario file.
"""


def page() -> str:
    """Return the whole page."""
    return "".join(
        [_HEAD, *_exceptions(), _BY_CLASS_HEAD, *_classes(), _ELSEWHERE_HEAD, *_others(), *_codes(), *_ways()]
    )


def own_exceptions() -> list[type[TwilioError]]:
    """Return every class that a call raises, each after the one that it is a kind of."""
    return list(_below(TwilioError))


def _below(kind: type[TwilioError]) -> Iterator[type[TwilioError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _below(each)


def other_exceptions() -> list[type[BaseException]]:
    """Return the other exceptions of the faces."""
    faces = [(twilio_sms, twilio_sms.__all__), (fake_twilio, fake_twilio.__all__)]
    promised = [getattr(face, name) for face, names in faces for name in names]
    found = [each for each in promised if isinstance(each, type) and issubclass(each, BaseException)]
    return [*(each for each in found if not issubclass(each, TwilioError)), LoadError, RequestFailed]


def _exceptions() -> Iterator[str]:
    for kind in own_exceptions():
        yield _line(f"`{kind.__name__}`", _said(kind), ADVICE[kind])


def _classes() -> Iterator[str]:
    for kind in own_exceptions():
        codes = CODES.get(kind, frozenset()) if issubclass(kind, ApiError) else frozenset()
        statuses = [status for status, of_status in STATUSES.items() if of_status is kind]
        if codes or statuses:
            yield _line(f"`{kind.__name__}`", _listed(sorted(codes)), _listed(statuses))


def _others() -> Iterator[str]:
    for kind in other_exceptions():
        yield _line(f"`{kind.__module__.partition('.')[0]}`: `{kind.__name__}`", _said(kind), ELSEWHERE[kind])


def _codes() -> Iterator[str]:
    scenarios = scenarios_by_code()
    yield _CODES_HEAD
    for code in (code for code in sorted(CATALOGUE) if kind_of(code) is Kind.API):
        entry = CATALOGUE[code]
        raises = _raised(code, entry.status or 400)
        yield _line(str(code), str(entry.status or ""), entry.title, raises, _how(code, PRODUCED, scenarios))
    yield _DELIVERIES_HEAD
    for code in (code for code in sorted(CATALOGUE) if kind_of(code) is Kind.DELIVERY):
        error = DeliveryError.of(code)
        kind = f"`{type(error).__name__}`"
        yield _line(str(code), CATALOGUE[code].title, kind, error.advice, _how(code, ENDED, scenarios))
    yield _ALERTS_HEAD
    for code in sorted(ALERTED):
        yield _line(str(code), ALERTS[code], _how(code, frozenset(), scenarios))


def _raised(code: int, status: int) -> str:
    other = f"`{error_class(status, code).__name__}`"
    return f"a send `{AmbiguousSendError.__name__}`, else {other}" if status >= 500 else other


def _ways() -> Iterator[str]:
    yield _FAILURES_HEAD
    for family in Family:
        yield f"\n### {family.capitalize()}\n\n| name | | how |\n| --- | --- | --- |\n"
        yield from (_line(f"`{path.name}`", path.about, _way(path)) for path in ERROR_PATHS if path.family is family)


def _way(path: ErrorPath) -> str:
    return f"`{path.how}`" if path.is_scenario or path.how.startswith("fake_twilio.") else path.how


def scenarios_by_code() -> Mapping[int, list[str]]:
    """Return the names of the bundled scenarios that make each code."""
    found = defaultdict(list)
    for name in bundled():
        for code in sorted(codes_of(load_scenario(name)) | WITHOUT_A_WORD.get(name, frozenset())):
            found[code].append(name)
    return found


def codes_of(scenario: Scenario) -> set[int]:
    """Return the codes that a scenario names."""
    return {code for choice in (*(rule.then for rule in scenario.rules), scenario.otherwise) for code in _of(choice)}


def _of(choice: Choice) -> Iterator[int]:
    for _, outcome in choice.options:
        if outcome.refusal is not None:
            yield outcome.refusal.code or code_of(outcome.refusal.status or 500)
        if outcome.timeline is not None:
            yield from (step.error_code for step in outcome.timeline.steps if step.error_code is not None)


def _how(code: int, by_itself: frozenset[int], scenarios: Mapping[int, list[str]]) -> str:
    own = ["*by itself*"] if code in by_itself else []
    return ", ".join([*own, *(f"`{name}`" for name in scenarios.get(code, ()))])


def _said(kind: type) -> str:
    """Return the first paragraph of what *kind* says of itself."""
    return " ".join(inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0].split()).replace("``", "`")


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
