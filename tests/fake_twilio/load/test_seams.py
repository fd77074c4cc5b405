"""What is used of Locust is there: asked in a process of its own, since Locust patches the one that imports it."""

import subprocess
import sys

ASK = """
import inspect
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.event import EventHook, Events
from locust.runners import LocalRunner, MasterRunner, WorkerRunner
from fake_twilio.load import seams

def wanted(protocol):
    return {name for kind in protocol.__mro__ for name in vars(kind) if getattr(kind, "_is_protocol", False)
            and not name.startswith("_")} | set(inspect.get_annotations(protocol))

environment = Environment(parsed_options=None)
runner = environment.create_local_runner()
there = {
    seams.RequestHook: EventHook(),
    seams.Events: environment.events,
    seams.Environment: environment,
    seams.Runner: runner,
    seams.Node: WorkerRunner,
    seams.Parser: LocustArgumentParser(),
}
print(sorted((protocol.__name__, name) for protocol, thing in there.items() for name in wanted(protocol)
             if not hasattr(thing, name) and name not in ("exceptions",)), len(wanted(seams.Events)))
print("job[\\"timestamp\\"] <= self.last_received_spawn_timestamp" in inspect.getsource(WorkerRunner))
runner.quit()
"""


def test_locust_has_what_is_used_of_it() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("[] 10\nTrue\n", "")
