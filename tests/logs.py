"""A log that fails, for tests of who writes to it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Failing(logging.Filter):
    def filter(self, _record: logging.LogRecord) -> bool:
        raise RuntimeError("the log is broken")


@contextmanager
def broken_log() -> Iterator[None]:
    """Have the client's log raise."""
    logger, failing = logging.getLogger("twilio_sms"), _Failing()
    logger.addFilter(failing)
    try:
        yield
    finally:
        logger.removeFilter(failing)
