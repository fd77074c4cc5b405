"""The workers that Locust forked from this process."""

from contextlib import suppress

from psutil import Error, Process


def end_forks() -> None:
    """Kill the forks of this process; who forked them waits for them.

    Locust forgets a fork that takes longer to end than one look. Such a one waits for its master for ever, with the
    terminal in its hands. What runs other words than this process, as a sink does, is no fork of it.
    """
    ours = Process()
    for child in ours.children():
        with suppress(Error):  # it has just ended
            if child.cmdline() == ours.cmdline():
                child.kill()
