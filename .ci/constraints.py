"""Write the exact versions that are installed here into constraints.txt."""

import subprocess
import sys
from pathlib import Path

HEAD = "# Exact versions that CI runs with; `make constraints` writes this file.\n"
OURS = ("twilio-sms", "-e ")


def main() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--exclude-editable"], capture_output=True, text=True, check=True
    )
    pins = [line for line in listed.stdout.splitlines() if not line.startswith(OURS) and " @ " not in line]
    Path("constraints.txt").write_text(HEAD + "\n".join(pins) + "\n")


if __name__ == "__main__":
    main()
