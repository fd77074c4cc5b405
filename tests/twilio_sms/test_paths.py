"""Tests of what a path may be."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from twilio_sms.errors import ValidationError
from twilio_sms.paths import read_path


@pytest.mark.parametrize("path", ["a/b", Path("a/b"), PurePosixPath("a/b")], ids=["text", "path", "pure"])
def test_a_text_and_a_path_object_are_paths(path: Any) -> None:
    assert read_path(path) == Path("a/b")


@pytest.mark.parametrize("path", [None, 5, b"a", ["a"], "a\0b", "\ud800", "", " "])
def test_what_can_be_no_path_is_refused_with_what_it_is(path: Any) -> None:
    with pytest.raises(ValidationError, match=r"path must be a text .* is (a \w+|one that is blank)"):
        read_path(path)
