"""A sample belongs to the innermost frame whose file has a part; samples are taken by the CPU time of the thread."""

import sys
from time import thread_time

import pytest

from tests.bench.modules import bench_module

time_shares = bench_module("time_shares")
HERE = "test_time_shares"


def frame_of(depth: int = 0):
    return sys._getframe(depth + 1)


def test_what_a_part_calls_is_its_own():
    shares = time_shares.TimeShares({"no_such_file": "nothing", HERE: "this"})

    assert shares.part_of(frame_of()) == "this"
    assert shares.part_of(next(iter(map(frame_of, [0])))) == "this"


def test_the_first_piece_that_fits_counts():
    shares = time_shares.TimeShares({f"bench/{HERE}": "near", HERE: "far"})

    assert shares.part_of(frame_of()) == "near"


def test_what_has_no_part_is_told_as_other():
    shares = time_shares.TimeShares({"no_such_file": "nothing"})

    assert shares.part_of(frame_of()) == time_shares.OTHER


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGPROF on Windows")
def test_what_takes_the_time_is_seen_and_what_does_not_is_not():
    shares = time_shares.TimeShares({HERE: "this"})

    with shares.sampled():
        end = thread_time() + 0.1
        while thread_time() < end:
            pass

    assert shares.shares() == {"this": 1.0}
