"""A run says on what it was made."""

import platform

from loadtests.bench.machine import describe


def test_interpreter_packages_kernel_and_cores_are_named() -> None:
    told = describe()

    assert told["Python"] == platform.python_version()
    assert {"requests", "urllib3", "flask", "kernel", "cores", "load at the beginning"} <= set(told)
    assert int(told["cores"]) > 0
