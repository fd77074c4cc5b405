"""Build sdist and wheel into dist/, look into them, and try the sdist's own tests."""

import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from contents import differences, found_in_sdist, found_in_wheel, wanted_in_wheel
from environments import told
from project import ROOT, tracked, version

DIST = ROOT / "dist"
BUILD = [sys.executable, "-m", "build", "--installer", "uv"]
SHARE = ("tests/packaging", "tests/twilio_sms/domain")


def main() -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    told([*BUILD, "--outdir", str(DIST), str(ROOT)])
    sdist, wheel = DIST / f"twilio_sms-{version()}.tar.gz", DIST / f"twilio_sms-{version()}-py3-none-any.whl"
    told([sys.executable, "-m", "twine", "check", "--strict", str(sdist), str(wheel)])
    check_contents(sdist, wheel)
    with tempfile.TemporaryDirectory() as folder:
        check_wheel_of_tree(wheel, Path(folder, "tree"))
        check_tests_of_sdist(sdist, Path(folder, "sdist"))


def check_contents(sdist: Path, wheel: Path) -> None:
    """End with what the two lack, or have too much of."""
    files = tracked()
    in_wheel, in_sdist = found_in_wheel(wheel), found_in_sdist(sdist)
    wrong = differences(wheel.name, wanted_in_wheel(files), in_wheel) + differences(sdist.name, set(files), in_sdist)
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{wheel.name}: {len(in_wheel)} files, {sdist.name}: {len(in_sdist)} files, all that git has")


def check_wheel_of_tree(wheel: Path, folder: Path) -> None:
    """The wheel was built from the sdist; one that is built from the tree must be the same, byte for byte."""
    told([*BUILD, "--wheel", "--outdir", str(folder), str(ROOT)])
    if (folder / wheel.name).read_bytes() != wheel.read_bytes():
        sys.exit(f"{wheel.name} differs when it is built from the tree")
    print("the sdist builds the same wheel")


def check_tests_of_sdist(sdist: Path, folder: Path) -> None:
    """Some of its tests must pass where nothing but the sdist is."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *SHARE]
    print(f"tests of the sdist: {told(command, root, {'PYTHONPATH': str(root)}).splitlines()[-1]}")


if __name__ == "__main__":
    main()
