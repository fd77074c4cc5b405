from pathlib import Path

import pytest

from fake_twilio.load.folders import check_folder


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize("folder", ["/proc", "/proc/nothing/here", __file__])
def test_one_that_nothing_can_be_written_into_is_refused(folder: str) -> None:
    with pytest.raises(OSError, match=r"No such file|denied|exists|Not a directory"):
        check_folder(Path(folder))
