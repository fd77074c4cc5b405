"""Make a virtual environment with a recent pip, on whatever Python there is."""

import os
import shutil
import subprocess
import sys
import tempfile

WANTED = (3, 11)
PIP = "pip>=25.1"  # the first that installs dependency groups


def main(folder):
    if sys.version_info < WANTED:
        sys.exit(
            "twilio-sms needs Python %d.%d or newer, this is %d.%d: try `make PYTHON=python3.12 ...`"
            % (WANTED + sys.version_info[:2])
        )
    shutil.rmtree(folder, ignore_errors=True)
    if not made_with_venv(folder):
        make_with_virtualenv(folder)
    run(os.path.join(folder, "bin", "python"), "-m", "pip", "install", "--quiet", "--upgrade", PIP)


def made_with_venv(folder):
    """Use the standard library; Debian ships it without ensurepip, and then it fails."""
    done = subprocess.run([sys.executable, "-m", "venv", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


def make_with_virtualenv(folder):
    """Bring virtualenv into a folder of its own: an externally managed Python stays untouched."""
    shutil.rmtree(folder, ignore_errors=True)
    target = tempfile.mkdtemp(prefix="virtualenv-")
    try:
        run(sys.executable, "-m", "pip", "install", "--quiet", "--target", target, "virtualenv")
        run(sys.executable, "-m", "virtualenv", "--quiet", folder, env=dict(os.environ, PYTHONPATH=target))
    finally:
        shutil.rmtree(target, ignore_errors=True)


def run(*command, **options):
    if subprocess.run(command, **options).returncode:
        sys.exit("could not set up .venv: see the lines above")


if __name__ == "__main__":
    main(sys.argv[1])
