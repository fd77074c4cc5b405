"""What a process forked ends with it; what it started beside that goes on."""

import subprocess
import sys

SCRIPT = """
import os, subprocess, sys, threading
from fake_twilio.load.forks import end_forks

beside = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
forked = []
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        threading.Event().wait()  # for ever
    forked.append(pid)
print([os.waitpid(pid, os.WNOHANG)[0] for pid in forked], flush=True)
end_forks()
print([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in forked], beside.poll())
beside.communicate(b"go")
"""


def test_the_forks_end_and_other_children_do_not() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=30)

    assert done.stdout.splitlines() == ["[0, 0]", "[-9, -9] None"]


def test_who_forked_nobody_ends_nobody() -> None:
    script = "from fake_twilio.load.forks import end_forks; end_forks(); print('goes on')"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)

    assert done.stdout == "goes on\n"
