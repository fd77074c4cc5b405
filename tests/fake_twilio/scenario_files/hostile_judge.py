"""Run as a script: reads files under limits, and tells what each said, what it cost, and the most memory so far."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

MIB = 1 << 20


def limit(cpu_seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def judged(read: Callable[[Path], object], path: Path) -> dict[str, object]:
    began = process_time()
    try:
        read(path)
        said = None
    except Exception as error:
        said = [type(error).__name__, *getattr(error, "problems", ())]
    return {"path": str(path), "said": said, "cpu_seconds": process_time() - began, "most_mib": most_mib()}


def most_mib() -> float:
    """Return the most memory so far: Linux's own count, since ``ru_maxrss`` there begins with that of the parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MIB if sys.platform == "darwin" else 1024)


def naive(path: Path) -> object:
    import yaml

    return yaml.safe_load(path.read_text("utf-8"))


def main(reader: str, cpu_seconds: str, memory_mib: str, *paths: str) -> None:
    from fake_twilio.scenario_files.load import load_scenario

    limit(int(cpu_seconds), int(memory_mib) * MIB)
    read = {"ours": load_scenario, "naive": naive}[reader]
    for path in paths:
        print(json.dumps(judged(read, Path(path))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
