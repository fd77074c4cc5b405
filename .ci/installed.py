"""Install the wheel of dist/ with each extra alone, and use it as a newcomer does."""

import re
import sys
import tempfile
from pathlib import Path

from environments import Environment
from extras import ALONE
from project import ROOT, extras, version
from served import serving

WHEEL = ROOT / "dist" / f"twilio_sms-{version()}-py3-none-any.whl"
PINNED = ("--constraint", str(ROOT / "constraints.txt"))
SCRIPT = """
from twilio_sms import Client
with Client.from_env() as client:
    sent = client.messages.send(to="+15550100001", from_="+15005550006", body="Win a prize!")
    ended = client.messages.wait_until(sent.sid)
print(ended.status, ended.error_code)
"""
EXAMPLE = re.compile(r"<!-- example: pytest -->\n```python\n(.*?)```", re.DOTALL)
COMMANDS = {"twilio-sms": "cli", "fake-twilio": "fake"}


def main() -> None:
    if sorted(ALONE) != ["", *extras()]:
        sys.exit(f"extras.py tells what these extras are for: {sorted(ALONE)}, pyproject.toml has {extras()}")
    with tempfile.TemporaryDirectory() as folder:
        made = {extra: try_alone(extra, Path(folder, extra or "none")) for extra in sorted(ALONE)}
        check_commands(made)
        check_carrier_reject(made[""], made["fake"])
        check_fixture(made["pytest"])
        check_bystander(made[""])


def try_alone(extra: str, folder: Path) -> Environment:
    """Install with one extra, look whether all fits together, and do what the extra is for."""
    environment = Environment(folder, sys.executable)
    environment.install(*PINNED, f"{WHEEL}[{extra}]" if extra else str(WHEEL))
    environment.check()
    environment.run("python", "-W", "error", "-c", ALONE[extra])
    print(f"installed with {extra or 'no extra'}")
    return environment


def check_commands(made: dict[str, Environment]) -> None:
    """Each command tells its version with its extra, and without it what to install."""
    for command, extra in COMMANDS.items():
        said = made[extra].run(command, "--version") + made[""].refuse(command)
        if version() not in said or f'pip install "twilio-sms[{extra}]"' not in said:
            sys.exit(f"{command} says {said}")


def check_carrier_reject(sender: Environment, server: Environment) -> None:
    """A script that has the client alone sends through the fake of another environment."""
    with serving(server, "carrier_reject", "--clock", "instant") as variables:
        said = sender.run("python", "-W", "error", "-c", SCRIPT, **variables)
    if said != "undelivered 30007\n":
        sys.exit(f"the script says {said}")
    print("fake-twilio serve carrier_reject: a script with Client sends through it")


def check_fixture(environment: Environment) -> None:
    """The test that the README shows passes."""
    (example,) = EXAMPLE.findall((ROOT / "README.md").read_text("utf-8"))
    (environment.home / "test_readme.py").write_text(example, "utf-8")
    print(f"the README's test: {environment.run('pytest', '-q', '-W', 'error').splitlines()[-1]}")


def check_bystander(environment: Environment) -> None:
    """Who has pytest without our extra notices nothing of our plugins."""
    environment.install(*PINNED, "pytest")
    (environment.home / "test_other.py").write_text("def test_other():\n    pass\n", "utf-8")
    print(f"a suite that wants nothing of it: {environment.run('pytest', '-q', '-W', 'error').splitlines()[-1]}")


if __name__ == "__main__":
    main()
