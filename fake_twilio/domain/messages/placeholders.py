"""The smallest pictures there are: one pixel, black or grey, as a file of each type that the fake says media are of.

Sources: PNG, RFC 2083; GIF89a, its specification; JPEG, ITU-T T.81.
"""

import struct
import zlib

_ONE_CODE = bytes([1, *[0] * 15, 0])  # a Huffman table: its only code has one bit and means 0


def placeholder(content_type: str) -> bytes:
    """Return a picture of *content_type*: ``image/gif``, ``image/jpeg`` or ``image/png``."""
    return {"image/gif": _gif, "image/jpeg": _jpeg, "image/png": _png}[content_type]()


def _png() -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)  # 1 by 1, eight bits of grey
    row = zlib.compress(b"\0\0")  # no filter, black
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", row) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _gif() -> bytes:
    screen = struct.pack("<HHBBB", 1, 1, 0x80, 0, 0)  # 1 by 1, with a table of two colours
    image = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    pixel = b"\x02" + b"\x02\x44\x01" + b"\0"  # codes of three bits: clear, colour 0, end
    return b"GIF89a" + screen + b"\0\0\0\xff\xff\xff" + image + pixel + b";"


def _jpeg() -> bytes:
    frame = struct.pack(">BHHB", 8, 1, 1, 1) + b"\x01\x11\0"  # 1 by 1, eight bits, one component
    parts = (
        _segment(0xDB, bytes([0, *[1] * 64])),  # a table that divides by 1
        _segment(0xC0, frame),
        _segment(0xC4, b"\x00" + _ONE_CODE),  # of first values: as the last one, here as grey
        _segment(0xC4, b"\x10" + _ONE_CODE),  # of those behind it: none that is not 0
        _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    )
    return b"\xff\xd8" + b"".join(parts) + bytes([0b0_0_111111]) + b"\xff\xd9"


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
