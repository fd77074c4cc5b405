"""On what a run was made: interpreter, packages, kernel, cores, and who else was at work."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("twilio-sms", "requests", "urllib3", "httpx", "twilio", "flask", "werkzeug", "pytest-httpserver")


def describe() -> dict[str, str]:
    """Return names and versions, and the machine's load of the last minute; a package that is not there has none."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    found |= {"kernel": f"{platform.system()} {platform.release()}", "cores": str(os.cpu_count())}
    return found | {"load at the beginning": f"{os.getloadavg()[0]:.1f}"}
