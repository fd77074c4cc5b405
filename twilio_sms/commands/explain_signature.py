"""``twilio-sms explain-signature``: why a webhook's signature is refused."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import click

from twilio_sms.commands.endings import Ending, failures_end
from twilio_sms.commands.terminal import show
from twilio_sms.errors import CredentialsError, ValidationError
from twilio_sms.webhooks.keys import Settings, SharedKey
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.request import MAX_BODY_BYTES
from twilio_sms.webhooks.signature import RequestValidator

_Signed = tuple[tuple[str, str], ...] | bytes


@click.command(short_help="Say what would make a webhook's signature right.")
@click.option("--url", required=True, help="The address as the app saw it, with its query.")
@click.option("--signature", required=True, help="The header X-Twilio-Signature.")
@click.option(
    "--param", "params", metavar="NAME=VALUE", multiple=True, help="A parameter, decoded; may come many times."
)
@click.option("--form", metavar="RAW", help="The raw form, percent-encoded as it came.")
@click.option("--body-file", type=click.File("rb"), help="The raw body, of a form or JSON; - is stdin.")
@click.option("--method", type=click.Choice(["POST", "GET"], case_sensitive=False), default="POST")
@click.option("--settings", help="The header X-Twilio-Webhooks-Signature-Settings: the secret is that shared key's.")
@click.option("--host", "hosts", multiple=True, metavar="HOST[:PORT]", help="Another host to try; may come many times.")
@click.option("--prefix", "prefixes", multiple=True, metavar="PATH", help="A path that a proxy takes off.")
@click.option(
    "--token-file",
    "token_files",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A file with an auth token; else TWILIO_AUTH_TOKEN is read. May come many times.",
)
def explain_signature(
    url: str,
    signature: str,
    params: tuple[str, ...],
    form: str | None,
    body_file: BinaryIO | None,
    method: str,
    settings: str | None,
    hosts: tuple[str, ...],
    prefixes: tuple[str, ...],
    token_files: tuple[Path, ...],
) -> None:
    """Say for which scheme, host, port, path, query, parameters or token a webhook's signature would be right.

    Ends with 0 if something matches, with 1 if nothing does. Secrets are never arguments, which others can see.
    """
    with failures_end():
        validator = _validator(_secrets(token_files, os.environ), settings)
        signed = _signed(params, form, body_file)
        explanation = validator.explain(
            url, signed, signature, settings=settings, method=method.upper(), hosts=hosts, prefixes=prefixes
        )
        for line in str(explanation).splitlines():
            show(line)
    sys.exit(Ending.COMPLETE if explanation.is_found else Ending.OPEN)


def _signed(params: tuple[str, ...], form: str | None, body_file: BinaryIO | None) -> _Signed:
    if bool(params) + (form is not None) + (body_file is not None) > 1:
        raise ValidationError("give --param, --form or --body-file: they all say what was posted")
    if form is not None:
        return Parameters.parse(form.encode()).pairs
    if body_file is not None:
        body = body_file.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise ValidationError(f"a body has at most {MAX_BODY_BYTES} bytes")
        return body
    if not all("=" in param for param in params):
        raise ValidationError("--param must be NAME=VALUE")
    return tuple((name, value) for name, _, value in (param.partition("=") for param in params))


def _secrets(files: tuple[Path, ...], environ: Mapping[str, str]) -> list[str]:
    """Return the secrets of *files*, else the one of the environment; raise `CredentialsError` if there is none."""
    texts = [_read(path) for path in files] or [environ.get("TWILIO_AUTH_TOKEN", "")]
    if not all(text.strip(" ,") for text in texts):
        raise CredentialsError("there is no auth token: set TWILIO_AUTH_TOKEN, or name a file with --token-file")
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]  # several: one is rotated


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CredentialsError(f"the token file {path.name} cannot be read: {type(error).__name__}") from None


def _validator(secrets: list[str], settings: str | None) -> RequestValidator:
    if settings is None:
        return RequestValidator(*secrets)
    key_id = Settings.parse(settings).key_id
    return RequestValidator(shared_keys=[SharedKey(key_id, secret) for secret in secrets])
