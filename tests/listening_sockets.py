"""Where a process listens, as the kernel tells; `ss -ltnp` shows the same."""

import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")
LISTENS = "0A"
TABLES = {"tcp": socket.AF_INET, "tcp6": socket.AF_INET6}


def listening(pid: int) -> set[str]:
    """Return the addresses on which a process listens, such as ``127.0.0.1``, ``::1`` or ``0.0.0.0``."""
    own = set(_sockets(pid))
    tables = {family: (PROC / str(pid) / "net" / name).read_text("ascii") for name, family in TABLES.items()}
    return {address for family, table in tables.items() for inode, address in _rows(table, family) if inode in own}


def _sockets(pid: int) -> Iterator[str]:
    """Yield the inodes of the sockets that a process has open."""
    for descriptor in (PROC / str(pid) / "fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except FileNotFoundError:  # closed meanwhile
            continue
        if target.startswith("socket:["):
            yield target[len("socket:[") : -1]


def _rows(table: str, family: int) -> Iterable[tuple[str, str]]:
    """Return inode and address of each socket of a table that listens."""
    rows = [line.split() for line in table.splitlines()[1:]]
    return [(row[9], address_of(row[1], family)) for row in rows if row[3] == LISTENS]


def address_of(local: str, family: int) -> str:
    """Return the address of a table's entry: ``0100007F:1F90`` is 127.0.0.1, in words of the machine's own order."""
    packed = bytes.fromhex(local.partition(":")[0])
    words = [packed[start : start + 4][::-1] for start in range(0, len(packed), 4)]
    return socket.inet_ntop(family, b"".join(words))
