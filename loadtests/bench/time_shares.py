"""Which parts of a program its time goes to: looks at the stack of the main thread, every few milliseconds of CPU.

A part is named by files; a sample belongs to the innermost frame whose file has a part, so that what a part calls of
the standard library is its own. Unlike a tracing profiler it costs the same whatever is called, and unlike a stopwatch
around each part it sees them as they run, one after the other, with cold caches.
"""

import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

EVERY_SECONDS = 0.001  # of CPU time; the kernel's own tick may be longer
OTHER = "other"


class TimeShares:
    """Counts samples by part; *files* names the part of a file by a piece of its path: the first that fits."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self._samples: Counter[str] = Counter()
        self._part_of_file: dict[str, str | None] = {}

    @contextmanager
    def sampled(self) -> Iterator[None]:
        """Take samples of what the main thread does in the block; to be used from the main thread."""
        before = signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def shares(self) -> dict[str, float]:
        """Return the share of each part that was met, the largest first; together they are 1."""
        whole = self._samples.total()
        return {part: count / whole for part, count in self._samples.most_common()}

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        self._samples[self.part_of(frame)] += 1

    def part_of(self, frame: FrameType | None) -> str:
        """Return the part that *frame* works for."""
        while frame is not None:
            part = self._part(frame.f_code.co_filename)
            if part is not None:
                return part
            frame = frame.f_back
        return OTHER

    def _part(self, file: str) -> str | None:
        if file not in self._part_of_file:
            self._part_of_file[file] = next((part for piece, part in self._files.items() if piece in file), None)
        return self._part_of_file[file]
