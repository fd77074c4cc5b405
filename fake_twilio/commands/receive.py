"""``fake-twilio receive``: somebody sends a message to a number of a fake that runs."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import click

from fake_twilio.commands.ending import end

PATIENCE_SECONDS = 60.0
_opener = build_opener(ProxyHandler({}))  # the fake is on this machine: no proxy stands between


@click.command(short_help="Have somebody write to a number of the fake.")
@click.argument("body", default="")
@click.option("--from", "sender", required=True, help="Who sends it.")
@click.option("--to", "recipient", required=True, help="The number of the fake that gets it.")
@click.option("--media", "media_urls", multiple=True, help="Address of a file that comes along; up to 10.")
@click.option(
    "--url",
    default="http://127.0.0.1:7670",
    envvar="TWILIO_BASE_URL",
    show_envvar=True,
    show_default=True,
    help="Where the fake answers.",
)
@click.option("--token", envvar="FAKE_TWILIO_ADMIN_TOKEN", show_envvar=True, help="Its admin token, if it printed one.")
def receive(body: str, sender: str, recipient: str, media_urls: tuple[str, ...], url: str, token: str | None) -> None:
    """Have somebody send BODY to a number of the fake, which then calls your app as Twilio would."""
    wanted = {"sender": sender, "recipient": recipient, "body": body, "media_urls": media_urls}
    try:
        message = _post(f"{url.rstrip('/')}/_fake/receive", wanted, token)["message"]
    except HTTPError as refused:
        end("\n".join(_problems(refused)))
    except (URLError, OSError, ValueError) as error:
        end(f"no fake answers at {url}: {getattr(error, 'reason', error)}; start one with: fake-twilio serve")
    if message is None:
        end(f"{recipient} receives nothing: its messaging service has no address for messages that come in")
    click.echo(f"{message['sid']} {message['status']}")


def _post(url: str, body: dict[str, Any], token: str | None) -> Any:
    headers = {"Content-Type": "application/json", "X-Fake-Twilio": "1"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if not url.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - the scheme was just checked
    with _opener.open(request, timeout=PATIENCE_SECONDS) as answer:
        return json.load(answer)


def _problems(refused: HTTPError) -> list[str]:
    """Return what the fake says is wrong; what is no fake says it in its own way."""
    try:
        return [str(problem) for problem in json.load(refused)["problems"]]
    except (ValueError, KeyError, TypeError):
        return [f"what answers there is no fake Twilio, or one that does not know this: HTTP {refused.code}"]
