"""``fake-twilio doctor``: checks whether an app takes webhooks as Twilio sends them."""

import json
import secrets
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import click

from fake_twilio.checkup.examination import examine
from fake_twilio.checkup.finding import Finding
from fake_twilio.checkup.probes import Probes
from fake_twilio.checkup.subject import TWILIO_SECONDS, Subject
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.delivery.webhook import Kind
from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.domain.values.numbers import can_receive
from fake_twilio.domain.webhooks.targets import Targets
from fake_twilio.server import ACCOUNT_SID
from fake_twilio.timing.clock import Clock, RealClock, monotonic

KINDS = {"inbound": (Kind.INBOUND,), "status": (Kind.STATUS,), "both": (Kind.INBOUND, Kind.STATUS)}
PLACE_CHARACTERS = 24


def _number(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not can_receive(value):
        raise click.BadParameter("wanted a number in E.164 form, such as +15551234567, or a short code")
    return value


def _first(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Return the first of several tokens, as an app has them while one is rotated: it takes webhooks of either."""
    return value.partition(",")[0].strip()


@click.command(short_help="Check the webhook of an app that runs.")
@click.argument("url")
@click.option(
    "--auth-token",
    default=AUTH_TOKEN,
    envvar="TWILIO_AUTH_TOKEN",
    show_envvar=True,
    callback=_first,
    help="The token that the app checks signatures with, of several the first; without one that of the fake.",
)
@click.option("--account-sid", default=ACCOUNT_SID, envvar="TWILIO_ACCOUNT_SID", show_envvar=True, help="Account.")
@click.option("--kind", type=click.Choice(list(KINDS)), default="inbound", show_default=True, help="What URL takes.")
@click.option("--from", "sender", default="+15551234567", show_default=True, callback=_number, help="Sender.")
@click.option("--to", "recipient", default="+15005550006", show_default=True, callback=_number, help="Recipient.")
@click.option(
    "--timeout",
    "timeout_seconds",
    default=TWILIO_SECONDS,
    show_default=True,
    help="Seconds an answer may take; from a third of it on, or 5 s, it is slow.",
)
@click.option(
    "--callback-allow", multiple=True, help="Network (10.0.0.0/8) or host name to call, besides this machine."
)
@click.option("--callback-allow-public", is_flag=True, help="Call public addresses too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of lines.")
def doctor(
    url: str, kind: str, callback_allow: tuple[str, ...], callback_allow_public: bool, as_json: bool, **facts: Any
) -> None:
    """Check the webhook address URL of an app that runs, and say what to do about what is wrong.

    The app is sent a few messages or statuses that it may act upon. Ends with 0 if nothing failed, 1 if something did,
    2 if it was called wrongly.
    """
    try:
        targets = Targets.parse(callback_allow, is_public_allowed=callback_allow_public)
        subjects = [Subject(url=url, kind=each, **facts) for each in KINDS[kind]]
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    found = _findings(subjects, targets, RealClock())
    findings = _print_json(subjects[0].shown_url, list(found)) if as_json else _print_lines(found)
    sys.exit(1 if any(finding.is_failure for finding in findings) else 0)


def _findings(subjects: list[Subject], targets: Targets, clock: Clock) -> Iterator[Finding]:
    with closing(Outbound(connections=1, monotonic=monotonic, targets=targets)) as caller:
        for subject in subjects:
            yield from examine(Probes(subject=subject, seed=secrets.randbits(63), now=clock.now()), caller)


def _print_lines(findings: Iterator[Finding]) -> list[Finding]:
    told = []
    for finding in findings:
        verdict, place = finding.verdict, f"{finding.kind} {finding.check}"
        advice = f"; {verdict.advice}" if verdict.advice else ""
        click.echo(f"{verdict.grade}  {place:<{PLACE_CHARACTERS}}{verdict.reason}{advice}")
        told.append(finding)
    return told


def _print_json(url: str, findings: list[Finding]) -> list[Finding]:
    lines = [
        {
            "kind": finding.kind,
            "check": finding.check,
            "grade": finding.verdict.grade,
            "reason": finding.verdict.reason,
            "advice": finding.verdict.advice,
        }
        for finding in findings
    ]
    click.echo(
        json.dumps({"url": url, "ok": not any(each.is_failure for each in findings), "findings": lines}, indent=2)
    )
    return findings
