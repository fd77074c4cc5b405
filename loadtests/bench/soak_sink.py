"""The app of a soak: takes status callbacks, and books them.

Lines on its input ask: ``sample`` for a look at this process, ``count N`` for what the book says of N messages.
"""

import asyncio
import json
import sys
from urllib.parse import parse_qs

from callback_sink import listening
from soak_book import Book
from soak_samples import Pauses, sample


async def serve(messages: int) -> None:
    """Take callbacks until the input ends; say the port first."""
    book, pauses = Book(messages), Pauses()
    await listening(lambda body: book.note(parse_qs(body.decode())))
    while question := (await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)).strip():
        word, _, number = question.partition(" ")
        told = {**sample(pauses), "came": book.came} if word == "sample" else book.counts(int(number))._asdict()
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
