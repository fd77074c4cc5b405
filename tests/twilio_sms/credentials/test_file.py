"""The secret in a file is read again when the file changed, and half a secret is never used."""

import logging
import os
import traceback
from pathlib import Path

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.credentials.file import FileCredentials
from twilio_sms.errors import CredentialsError, ValidationError

NEW_TOKEN = "0f" * 16


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a file with the auth token, which only its owner may read."""
    path = tmp_path / "token"
    path.write_text(AUTH_TOKEN + "\n")
    path.chmod(0o600)
    return path


def _secret(credentials: FileCredentials) -> str:
    return credentials.basic_auth().secret.expose()


def _replace(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text)
    new.chmod(0o600)
    new.replace(path)


def _ages(path: Path) -> None:
    """Make sure that the next write has another time, on whatever disk this is."""
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns - 10**9))


def test_the_file_signs_without_what_surrounds_its_secret(path):
    auth = FileCredentials(path, ACCOUNT_SID).basic_auth()

    assert (auth.user, auth.secret.expose()) == (ACCOUNT_SID, AUTH_TOKEN)


def test_a_file_that_stays_is_read_once(path):
    credentials = FileCredentials(path, ACCOUNT_SID)

    assert credentials.basic_auth() is credentials.basic_auth()


@pytest.mark.parametrize("write", [_replace, Path.write_text], ids=["replaced", "written over"])
def test_a_changed_file_is_used_by_the_next_attempt(path, write):
    _ages(path)
    credentials = FileCredentials(path, ACCOUNT_SID)
    credentials.basic_auth()

    write(path, NEW_TOKEN)

    assert _secret(credentials) == NEW_TOKEN


def test_a_replacement_of_the_same_size_and_time_is_seen(path):
    credentials = FileCredentials(path, ACCOUNT_SID)
    credentials.basic_auth()
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)

    _replace(path, NEW_TOKEN + "\n")
    os.utime(path, ns=times)

    assert _secret(credentials) == NEW_TOKEN


def _unlink(path: Path) -> None:
    path.unlink()


SPOILT = {
    "empty": lambda path: path.write_text(""),
    "half-written": lambda path: path.write_text(NEW_TOKEN[:20]),
    "two words": lambda path: path.write_text(f"{NEW_TOKEN} {NEW_TOKEN}"),
    "no text": lambda path: path.write_bytes(b"\xff" * 32),
    "huge": lambda path: path.write_bytes(b"x" * 5000),
    "gone": _unlink,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_spoilt_file_leaves_the_last_good_secret_in_use(path, spoil):
    credentials = FileCredentials(path, ACCOUNT_SID)
    credentials.basic_auth()

    spoil(path)

    assert _secret(credentials) == AUTH_TOKEN


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_file_that_never_held_a_secret_is_told_and_not_shown(path, spoil):
    spoil(path)

    with pytest.raises(CredentialsError, match="the file token gives no secret") as caught:
        FileCredentials(path, ACCOUNT_SID).basic_auth()

    trace = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert NEW_TOKEN[:20] not in "".join(trace.format())


def test_a_secret_that_is_written_to_its_end_is_used_then(path):
    credentials = FileCredentials(path, ACCOUNT_SID)
    credentials.basic_auth()
    path.write_text(NEW_TOKEN[:20])
    credentials.basic_auth()

    path.write_text(NEW_TOKEN)

    assert _secret(credentials) == NEW_TOKEN


@pytest.mark.parametrize(("mode", "times_told"), [(0o600, 0), (0o640, 1), (0o604, 1)], ids=oct)
def test_a_file_that_others_may_read_is_told_once_and_read(path, caplog, mode, times_told):
    path.chmod(mode)
    credentials = FileCredentials(path, ACCOUNT_SID)

    with caplog.at_level(logging.WARNING, "twilio_sms"):
        credentials.basic_auth()
        path.write_text(NEW_TOKEN + " ")

        assert _secret(credentials) == NEW_TOKEN
    assert [record.name for record in caplog.records] == ["twilio_sms"] * times_told
    assert AUTH_TOKEN not in caplog.text


def test_a_shorter_secret_is_taken_if_that_is_asked_for(path):
    path.write_text("hush")

    assert _secret(FileCredentials(path, ACCOUNT_SID, min_characters=4)) == "hush"


@pytest.mark.parametrize(("characters", "is_taken"), [(4096, True), (4097, False)])
def test_a_file_is_read_up_to_4096_bytes(path, characters, is_taken):
    path.write_text("x" * characters)
    credentials = FileCredentials(path, ACCOUNT_SID)

    if is_taken:
        assert len(_secret(credentials)) == characters
    else:
        with pytest.raises(CredentialsError, match="more than 4096 bytes"):
            credentials.basic_auth()


def test_why_a_file_cannot_be_read_is_told_in_the_systems_words(path):
    path.unlink()

    with pytest.raises(CredentialsError, match="No such file or directory"):
        FileCredentials(path, ACCOUNT_SID).basic_auth()


def test_a_secret_of_one_character_is_the_shortest(path):
    path.write_text("x")

    assert _secret(FileCredentials(path, ACCOUNT_SID, min_characters=1)) == "x"


def test_a_secret_of_no_characters_is_not_to_be_asked_for(path):
    with pytest.raises(ValidationError, match="min_characters must be a whole number from 1 on, is 0"):
        FileCredentials(path, ACCOUNT_SID, min_characters=0)


def test_credentials_of_a_file_show_its_name_alone(path):
    credentials = FileCredentials(path, ACCOUNT_SID)
    credentials.basic_auth()

    assert repr(credentials) == "FileCredentials('token')"
