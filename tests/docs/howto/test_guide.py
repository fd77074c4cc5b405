"""The reader of guides: what a page shows must be what comes, and a file must be what stands there."""

from pathlib import Path

import pytest

from tests.docs.howto.guide import Guide

SID = "SM" + "0123456789abcdef" * 2


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    return Guide("test_stop", tmp_path, instead={"3000": "4321"})


@pytest.mark.parametrize(
    "console",
    [
        "$ echo hello\nhello\n",
        f"$ echo {SID} in 1.25s\nSM{'f' * 32} in 30ms\n",
        "$ printf 'a\\nb\\nc\\n'\na\n…\nc\n",
        "$ echo from 10 to 20\nfrom … to 20\n",
        "$ false\n$ echo $?\n1\n",
        "$ export WORD=kept\n$ echo $WORD\nkept\n",
        "$ echo one \\\n    two\none two\n",
        "$ echo 3000 30007\n4321 30007\n",
        "$ echo trouble >&2\ntrouble\n",
    ],
)
def test_what_is_shown_is_what_comes(guide: Guide, console: str) -> None:
    guide.examples["shown"] = console

    guide.type("shown")


@pytest.mark.parametrize(
    "console",
    [
        "$ echo hello\nhell\n",
        "$ echo hello\n",
        "$ true\nhello\n",
        "$ echo hello\n$ echo bye\nhello\nbye\n",
        f"$ echo {SID}\nMM{'0' * 32}\n",
        "$ echo 'p99 30ms <=10s'\np99 30ms <=20s\n",
        "$ echo a b\na.b\n",
    ],
)
def test_anything_else_is_told(guide: Guide, console: str) -> None:
    guide.examples["shown"] = console

    with pytest.raises(AssertionError, match="but the page shows"):
        guide.type("shown")


def test_a_trouble_that_was_not_told_is_named(guide: Guide) -> None:
    with pytest.raises(AssertionError, match="was not said in"):
        guide.check_told("webhook inbound refused with 403")


def test_what_ends_before_it_is_ready_is_told(guide: Guide) -> None:
    guide.examples["ends"] = "$ echo no port left\n"

    with pytest.raises(AssertionError, match="no port left"), guide.running("ends", until="export "):
        pass


def test_the_files_of_a_page_are_written(guide: Guide) -> None:
    guide.write()

    assert {str(file.relative_to(guide.folder)) for file in guide.folder.rglob("*.*")} == {
        "scenarios/shop.yaml",
        "shop.py",
        "test_stop.py",
    }


def test_no_variable_of_an_account_comes_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "a true one")

    assert Guide("test_stop", tmp_path).ran('echo "${TWILIO_AUTH_TOKEN:-none}"') == "none\n"
