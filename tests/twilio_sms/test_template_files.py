"""A folder of templates is read whole, or refused with the files that are wrong."""

import pytest

from twilio_sms.domain.template import BodyTemplate
from twilio_sms.errors import ValidationError
from twilio_sms.template_files import read_folder


def _read(_name: str, text: str) -> BodyTemplate:
    return BodyTemplate.parse(text)


def _texts(folder) -> dict[str, str]:
    return {name: template.text for name, template in read_folder(folder, _read).items()}


def test_each_text_file_is_a_template_by_its_name(tmp_path):
    (tmp_path / "welcome.txt").write_text("Grüezi $name", "utf-8")
    (tmp_path / "bye.v2.txt").write_text("Bye", "utf-8")
    (tmp_path / "notes.md").write_text("$", "utf-8")
    (tmp_path / "folder.txt").mkdir()

    assert _texts(tmp_path) == {"bye.v2": "Bye", "welcome": "Grüezi $name"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"a\n", "a"),
        (b"a\n\n", "a\n"),
        (b"a\r\nb\r\n", "a\nb"),
        (b"a", "a"),
        (b"\xef\xbb\xbfa", "a"),
    ],
)
def test_how_an_editor_ends_its_lines_makes_no_difference(tmp_path, written, text):
    (tmp_path / "a.txt").write_bytes(written)

    assert _texts(tmp_path) == {"a": text}


def test_every_file_that_cannot_be_one_is_named_with_the_reason(tmp_path):
    (tmp_path / "good.txt").write_text("Hi")
    (tmp_path / "dollar.txt").write_text("costs $5")
    (tmp_path / "latin.txt").write_bytes("Zoë".encode("latin-1"))
    (tmp_path / "large.txt").write_text("x" * 70_000)

    with pytest.raises(ValidationError) as caught:
        read_folder(tmp_path, _read)

    for told in (
        f"{tmp_path / 'dollar.txt'}: the template has a $ that begins no name at character 7",
        f"{tmp_path / 'latin.txt'}: is not in UTF-8, at byte 3",
        f"{tmp_path / 'large.txt'}: has more than 65536 bytes",
    ):
        assert told in str(caught.value)
    assert "good.txt" not in str(caught.value)


def test_a_file_that_nobody_may_read_is_named(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "gone.txt")  # leads to itself

    with pytest.raises(ValidationError, match=r"gone\.txt: cannot be read: "):
        read_folder(tmp_path, _read)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ValidationError, match=r"cannot be read from .*nowhere: No such file"):
        read_folder(tmp_path / "nowhere", _read)


def test_a_folder_without_a_template_is_refused(tmp_path):
    with pytest.raises(ValidationError, match=r"there is no template in .*ends in \.txt"):
        read_folder(tmp_path, _read)
