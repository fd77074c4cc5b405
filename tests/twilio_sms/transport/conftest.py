"""A faulty Twilio for the tests of the wire, over http and https."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faulty_twilio import FaultyTwilio, faulty_twilio


class Twilios:
    """The fault servers of a module's tests, each started when it is first needed."""

    def __init__(self, folders: pytest.TempPathFactory, stack: ExitStack) -> None:
        self._folders = folders
        self._stack = stack
        self._running: dict[str, FaultyTwilio] = {}

    def get(self, scheme: str) -> FaultyTwilio:
        """Return the one that speaks *scheme*, in which nothing has come and nothing is armed."""
        if scheme not in self._running:
            folder: Path = self._folders.mktemp(scheme)
            self._running[scheme] = self._stack.enter_context(faulty_twilio(folder, scheme))
        self._running[scheme].forget()
        return self._running[scheme]


@pytest.fixture(scope="module")
def twilios(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twilios]:
    with ExitStack() as stack:
        yield Twilios(tmp_path_factory, stack)


@pytest.fixture
def faulty(twilios: Twilios) -> FaultyTwilio:
    return twilios.get("http")
