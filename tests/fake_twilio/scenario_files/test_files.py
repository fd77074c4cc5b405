"""Tests of reading a file that somebody named."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fake_twilio.scenario_files.files import is_file, kind_of, read_file, write_file
from fake_twilio.scenario_files.problems import YamlError


def problem(path: Path) -> str:
    with pytest.raises(YamlError) as caught:
        read_file(path)
    (found,) = caught.value.problems
    return found.told("f")


def test_a_file_is_read_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("about: é\n", "utf-8")

    assert (is_file(path), kind_of(path), read_file(path)) == (True, None, "about: é\n")


def test_what_is_no_utf8_is_refused_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"about: x\nb: \xc3\xa9\xff\n")

    assert problem(path) == "f:2:5: cannot be read as UTF-8 text: invalid start byte"


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    assert (is_file(path), kind_of(path)) == (False, "a pipe")
    assert problem(path) == "f:1:1: wanted a regular file, not a pipe"


def test_a_device_without_an_end_is_refused() -> None:
    assert (is_file(Path("/dev/zero")), kind_of(Path("/dev/zero"))) == (False, "a device")
    assert problem(Path("/dev/zero")) == "f:1:1: wanted a regular file, not a device"


def test_a_file_over_a_mebibyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a hole: nobody could read it

    assert problem(path) == "f:1:1: wanted at most 1048576 bytes"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert problem(tmp_path / "none") == "f:1:1: cannot be read: No such file or directory"


@pytest.mark.parametrize("name", ["\0", "x" * 5000, "none"], ids=["null", "too long", "none"])
def test_a_name_that_no_file_has_is_no_file(name: str) -> None:
    assert (is_file(Path(name)), kind_of(Path(name))) == (False, None)


def test_a_file_is_written_whole_in_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text("old")

    write_file(path, "new ✓")

    assert path.read_text("utf-8") == "new ✓"
    assert [each.name for each in tmp_path.iterdir()] == ["world.yaml"]


def test_who_reads_the_old_one_reads_it_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text("old")

    with path.open() as reading:
        write_file(path, "new")
        assert reading.read() == "old"


def test_what_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "world.yaml"
    path.write_text("old")

    with pytest.raises(UnicodeEncodeError):
        write_file(path, "new, and then \ud800")

    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["world.yaml"]


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(path.read_text)
        write_file(path, "hello")

    assert read.result() == "hello"
