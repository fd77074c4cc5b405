"""An app that takes callbacks as cheaply as can be: a connection answers 204 to each request, and hands its form on."""

import asyncio
from collections.abc import Callable
from typing import Any

ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n"


class CallbackSink(asyncio.Protocol):
    """One connection; *take* is called with the body of each request."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
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
            self._take(self._data[end + 4 : end + 4 + length])
            self._data = self._data[end + 4 + length :]
            self._transport.write(ANSWER)


async def listening(take: Callable[[bytes], None]) -> asyncio.Server:
    """Return a server of such connections on a free port of this machine, which it prints."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: CallbackSink(take), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    return server
