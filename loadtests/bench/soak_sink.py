"""The app of a soak: takes status callbacks, and books them.

Lines on its input ask: ``sample`` for a look at this process, ``count N`` for what the book says of N messages.
"""

import asyncio
import json
import sys
from itertools import count
from typing import Any
from urllib.parse import parse_qs

from soak_book import Book
from soak_samples import Pauses, sample

ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"


class Sink(asyncio.Protocol):
    """Answers 204 to each request of one connection."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._data = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take what is whole."""
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            head = self._data[:end].lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
            if len(self._data) < end + 4 + length:
                return
            self._book.note(parse_qs(self._data[end + 4 : end + 4 + length].decode()))
            self._data = self._data[end + 4 + length :]
            self._transport.write(ANSWER)


async def serve(messages: int) -> None:
    """Take callbacks until the input ends; say the port first."""
    book, pauses, loop = Book(messages), Pauses(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Sink(book), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    for _ in count():
        word, _, number = (await loop.run_in_executor(None, sys.stdin.readline)).strip().partition(" ")
        if not word:
            return
        told = {**sample(pauses), "came": book.came} if word == "sample" else book.counts(int(number))._asdict()
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
