"""The section about signatures: what it shows runs, and says what it prints."""

import io
import shlex
from typing import Any
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from twilio.request_validator import RequestValidator as OfficialValidator

from tests.docs.pages import examples, page, run
from twilio_sms.commands.root import root

EXAMPLES = examples("docs/webhooks.md")
TOKEN = "the-auth-token"


def test_a_signature_is_checked() -> None:
    assert run(EXAMPLES["signature"]).split() == ["True", "True", "False", "False"]
    assert "prints `True`, `True`, `False`, `False`." in page("docs/webhooks.md")


@pytest.mark.parametrize(("url", "status"), [("https://sms.example.com/app/in", "204"), ("http://10.0.0.5/in", "403")])
def test_a_request_behind_a_proxy_is_judged_by_its_public_url(
    url: str, status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shop: dict[str, Any] = {"__name__": "shop"}
    exec(EXAMPLES["verifier"], shop)
    body = urlencode({"Body": "hi"}).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "HTTP_HOST": "10.0.0.5",
        "PATH_INFO": "/in",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_X_TWILIO_SIGNATURE": OfficialValidator(TOKEN).compute_signature(url, {"Body": "hi"}),
        "wsgi.input": io.BytesIO(body),
    }
    answers: list[str] = []

    shop["app"](environ, lambda line, _headers: answers.append(line))

    assert answers[0].startswith(status)
    assert capsys.readouterr().out == ("hi\n" if status == "204" else "")


def test_a_refusal_is_explained_as_the_page_says() -> None:
    said = run(EXAMPLES["explain"])

    assert said == EXAMPLES["explained"]
    assert said.count("\n- ") == 2


def test_the_command_explains_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", TOKEN)

    done = CliRunner().invoke(root, shlex.split(EXAMPLES["explain_signature"].removeprefix("$ twilio-sms ")))

    assert "the scheme is https" in done.stdout
    assert done.exit_code == 0
