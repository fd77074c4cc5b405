"""Locust follows a table; it patches its process, so it gets one of its own."""

import subprocess
import sys

SCRIPT = """
import locust  # first of all: it patches what others import
from types import SimpleNamespace
from fake_twilio.load.around import set_shape
from fake_twilio.load.locust_shape import TableShape
from fake_twilio.load.shapes import parse_shape
from locust.util.load_locustfile import is_shape_class

shape = TableShape(parse_shape("spike:users=2,peak=30,calm=10s,hold=5s,after=1s"))
for seconds in (0, 12, 15, 16):
    shape.get_run_time = lambda: seconds
    print(shape.tick())
print(is_shape_class(TableShape))

load = SimpleNamespace(parsed_options=SimpleNamespace(shape="step:users=3"), runner="a runner")
set_shape(load)
print(load.shape_class.tick(), load.shape_class.runner)
"""


def test_locust_is_told_users_and_their_rate_until_the_end() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=50)

    ticks = ["(2, 28)", "(30, 28)", "(2, 28)", "None"]
    assert done.stdout.splitlines() == [*ticks, "False", "(3, 3) a runner"], done.stderr
