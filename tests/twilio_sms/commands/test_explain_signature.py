"""`explain-signature` says what matches, and no secret is ever an argument."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.doubles import AUTH_TOKEN
from tests.twilio_sms.commands.campaigns import run
from tests.twilio_sms.webhooks.requests import signature
from twilio_sms.commands.endings import Ending

URL = "https://sms.test/in?shop=7"
PARAMS = {"Body": "it's on", "To": "+15005550006"}
WORDS = ("--param", "Body=it's on", "--param", "To=+15005550006")


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", AUTH_TOKEN)


def explain(url: str, of: str, *words: object):
    return run("explain-signature", "--url", url, "--signature", of, *words)


def test_what_matches_is_told():
    result = explain("http://sms.test/in?shop=7", signature(URL, PARAMS), *WORDS)

    assert "the scheme is https" in result.stdout
    assert result.exit_code == Ending.COMPLETE


def test_a_right_signature_is_right():
    result = explain(URL, signature(URL, PARAMS), "--form", "Body=it%27s+on&To=%2B15005550006")

    assert (result.stdout, result.exit_code) == ("the signature is right\n", Ending.COMPLETE)


def test_nothing_that_matches_ends_with_1():
    result = explain(URL, "A" * 27 + "=", *WORDS)

    assert "nothing matches" in result.stdout
    assert "what is left is the token of another account, or a form that is not as it came" in result.stdout
    assert result.exit_code == Ending.OPEN


def test_hosts_and_prefixes_are_tried():
    words = ("--host", "sms.test", "--prefix", "/app", *WORDS)

    assert explain("https://h/in", signature("https://sms.test/app/in", PARAMS), *words).stdout.count("\n- ") == 2


def test_a_get_has_nothing_behind_its_address():
    assert "right" in explain(URL, signature(URL), "--method", "get").stdout


def test_a_body_comes_from_a_file(tmp_path: Path):
    (tmp_path / "body").write_bytes(b"{}")
    url = f"https://h/?bodySHA256={sha256(b'{}').hexdigest()}"

    assert "is right" in explain(url, signature(url), "--body-file", tmp_path / "body").stdout


def test_tokens_come_from_files(tmp_path: Path):
    (tmp_path / "old").write_text("old-token\n", "utf-8")
    (tmp_path / "new").write_text("new-token\n", "utf-8")
    files = ("--token-file", tmp_path / "new", "--token-file", tmp_path / "old")

    assert "is right" in explain(URL, signature(URL, PARAMS, "old-token"), *WORDS, *files).stdout


def test_a_shared_keys_secret_is_judged_by_the_settings(tmp_path: Path):
    (tmp_path / "key").write_text("key-secret", "utf-8")
    words = ("--settings", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", "--token-file", tmp_path / "key")

    assert "is right" in explain(URL, signature(URL, PARAMS, "key-secret", "HMAC_SHA256"), *WORDS, *words).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--form", "a=1", "--param", "a=1"), "they all say what was posted"),
        (("--param", "Body"), "NAME=VALUE"),
        (("--form", "%"), "begins no character"),
        (("--settings", "nonsense"), "one key and one algorithm"),
    ],
)
def test_what_cannot_work_ends_with_2(words, said):
    result = explain(URL, "x", *words)

    assert said in result.stderr
    assert result.exit_code == Ending.CALLED_WRONGLY


def test_a_body_without_end_is_not_read(tmp_path: Path):
    (tmp_path / "body").write_bytes(b"x" * 65_537)

    assert explain(URL, "x", "--body-file", tmp_path / "body").exit_code == Ending.CALLED_WRONGLY


@pytest.mark.parametrize("content", [None, b"\xff", b" \n"], ids=["no file", "no text", "empty"])
def test_without_a_secret_it_ends_with_3(tmp_path: Path, content: bytes | None):
    if content is not None:
        (tmp_path / "token").write_bytes(content)

    assert explain(URL, "x", "--token-file", tmp_path / "token").exit_code == Ending.STOPPED


def test_without_a_variable_it_ends_with_3(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")

    assert explain(URL, "x").exit_code == Ending.STOPPED


def test_no_option_takes_a_secret():
    assert "--token " not in run("explain-signature", "--help").output
    assert "--auth-token" not in run("explain-signature", "--help").output


@pytest.mark.parametrize("tokens", [f"{'0f' * 16},{AUTH_TOKEN}", f"{AUTH_TOKEN}, {'0f' * 16}"], ids=["last", "first"])
def test_either_of_two_tokens_may_have_signed(monkeypatch, tokens):
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", tokens)

    assert "the signature is right" in explain(URL, signature(URL, PARAMS), *WORDS).stdout
