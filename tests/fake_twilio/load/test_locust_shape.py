"""Locust follows a table; it patches its process, so it gets one of its own."""

import subprocess
import sys

SCRIPT = """
from fake_twilio.load.locust_shape import TableShape
from fake_twilio.load.shapes import parse_shape
from locust.util.load_locustfile import is_shape_class

shape = TableShape(parse_shape("spike:users=2,peak=30,calm=10s,hold=5s,after=1s"))
for seconds in (0, 12, 15, 16):
    shape.get_run_time = lambda: seconds
    print(shape.tick())
print(is_shape_class(TableShape))
"""


def test_locust_is_told_users_and_their_rate_until_the_end() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=50)

    assert done.stdout.splitlines() == ["(2, 28)", "(30, 28)", "(2, 28)", "None", "False"], done.stderr
