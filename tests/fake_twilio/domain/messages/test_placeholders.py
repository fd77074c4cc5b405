"""Tests of the placeholders, against the specifications of their formats."""

import struct
import zlib

import pytest

from fake_twilio.domain.messages.placeholders import placeholder


def test_a_png_has_whole_chunks_and_one_pixel() -> None:
    data = placeholder("image/png")
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(name + content)
        chunks[name], at = content, at + 12 + length

    assert data[:8] == bytes.fromhex("89504e470d0a1a0a")
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    assert struct.unpack_from(">II", chunks[b"IHDR"]) == (1, 1)
    assert zlib.decompress(chunks[b"IDAT"]) == b"\0\0"


def test_a_gif_is_the_well_known_one_of_35_bytes() -> None:
    well_known = "47494638396101000100800000000000ffffff2c00000000010001000002024401003b"

    assert placeholder("image/gif").hex() == well_known


def test_a_jpeg_has_whole_segments_and_one_pixel() -> None:
    data = placeholder("image/jpeg")
    segments, at = [], 2
    while data[at + 1] != 0xDA:
        marker, length = struct.unpack_from(">xBH", data, at)
        segments.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length

    assert (data[:2], data[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    assert [marker for marker, _ in segments] == [0xDB, 0xC0, 0xC4, 0xC4]
    assert struct.unpack_from(">BHHB", segments[1][1]) == (8, 1, 1, 1)
    assert data[at:-2] == bytes.fromhex("ffda 0008 01 0100 003f00 3f")


def test_there_is_none_of_another_type() -> None:
    with pytest.raises(KeyError):
        placeholder("application/pdf")
