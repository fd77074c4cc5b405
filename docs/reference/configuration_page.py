"""Write docs/reference/configuration.md: every setting, every variable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, NamedTuple

import click
from field_comments import comments_of
from variables import ELSEWHERE, OF_AN_APP, OF_THE_CLIENT

from fake_twilio.commands.root import root as fake_twilio
from twilio_sms import BreakerPolicy, Config, RateLimits, RetryPolicy, Timeouts
from twilio_sms.commands.root import root as twilio_sms

PAGE = Path(__file__).with_name("configuration.md")
PARTS = (Config, Timeouts, RetryPolicy, BreakerPolicy, RateLimits)
COMMANDS = {"fake-twilio": fake_twilio, "twilio-sms": twilio_sms}
_HEAD = """# Configuration

Made by `make docs-reference` from the code; do not edit it by hand.

A client is told everything when it is made: who it is by arguments or variables, how it behaves by a `Config`. There is
no file of settings, and none that is global. One that cannot work is refused at once, by name. What the settings are
for: [Sending](../sending.md); what a handler of webhooks may be told: [WebhookOptions](webhooks.md).

## Settings of a client

`Client(..., config=Config(...))`; all are frozen, and the defaults are safe for production.
"""
_VARIABLES_HEAD = """
## Variables

An empty variable counts as absent. An argument wins over a variable, and over all variables that say the same in
another way: `auth_token=` over an API key, `base_url=` over an edge and a region.

### Of a client

Read by `Client.from_env()`, the command `twilio-sms`, and loads.

| variable | what it says |
| --- | --- |
"""
_APP_HEAD = """
### Of an app

Keys of Flask's `app.config` and of Django's settings, besides those of a client; in Django they may stand in a dict
`TWILIO_SMS`, without `TWILIO_` in front. They become variables only if the app reads them from there.

| setting | what it says |
| --- | --- |
"""
_COMMANDS_HEAD = """
### Of the commands

Each stands for an option or an argument, which wins. [The commands](cli.md) has the options without a variable.

| variable | command | option | default | what it says |
| --- | --- | --- | --- | --- |
"""
_ELSEWHERE_HEAD = """
### Of tests and loads

| variable | read by | what it says |
| --- | --- | --- |
"""


class Setting(NamedTuple):
    """An option or an argument of a command that a variable may stand for."""

    variable: str
    command: str
    parameter: click.Parameter


def page() -> str:
    """Return the whole page."""
    parts = "".join(map(_part, PARTS))
    of_commands = "".join(map(_of_command, settings()))
    return "".join(
        [
            *(_HEAD, parts, _VARIABLES_HEAD, *_lines(OF_THE_CLIENT), _APP_HEAD, *_lines(OF_AN_APP)),
            *(_COMMANDS_HEAD, of_commands, _ELSEWHERE_HEAD, *_lines(ELSEWHERE)),
        ]
    )


def settings() -> list[Setting]:
    """Return what the commands read of variables."""
    return [
        Setting(str(parameter.envvar), f"{program} {command.name}", parameter)
        for program, group in COMMANDS.items()
        for command in group.commands.values()
        for parameter in command.params
        if parameter.envvar
    ]


def _part(kind: type) -> str:
    explained = comments_of(kind)
    rows = [_line(f"`{field.name}`", _default(field), explained.get(field.name, "")) for field in fields(kind)]
    return f"\n### {kind.__name__}\n\n| setting | default | |\n| --- | --- | --- |\n" + "".join(rows)


def _default(field: "Field[Any]") -> str:
    if field.default is MISSING:
        return f"`{getattr(field.default_factory, '__name__', '')}()`"
    return f"`{field.default!r}`"


def _of_command(setting: Setting) -> str:
    parameter = setting.parameter
    is_option = isinstance(parameter, click.Option)
    option = parameter.opts[0] if is_option else parameter.human_readable_name
    default = parameter.to_info_dict().get("default")
    shown = "" if default in (None, (), [], False) else f"`{default}`"
    about = (parameter.help or "") if isinstance(parameter, click.Option) else ""
    return _line(f"`{setting.variable}`", f"`{setting.command}`", f"`{option}`", shown, about)


def _lines(table: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield from (_line(f"`{name}`", *told) for name, told in table.items())


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
