"""The command ``python -m fake_twilio.load``: Locust, with words for what it leaves to a trace."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fake_twilio.load.errors import INSTALL
from fake_twilio.load.folders import check_folder
from fake_twilio.load.ports import find_obstacle

_ALL_ADDRESSES = "*"
_INTERRUPTED = 128 + 2  # as shells have it for who ended by SIGINT


def main() -> None:
    """Hand over to Locust, whose options these are; end in one line where it could not begin.

    Ctrl-C before Locust listens for it ends the command without a word.
    """
    try:
        _hand_over()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _hand_over() -> None:
    with _undisturbed():  # Locust patches the process, which hangs if that is left half done
        try:
            from gevent import get_hub, signal_handler
            from locust.argument_parser import get_empty_argument_parser, setup_parser_arguments
            from locust.main import main as locust
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in ("gevent", "locust"):
                raise
            sys.exit(INSTALL)
    signal_handler(signal.SIGINT, _interrupt_main, get_hub())
    parser: Any = get_empty_argument_parser(add_help=False)
    setup_parser_arguments(parser)  # type: ignore[no-untyped-call] # Locust does not say
    parsed = parser.parse_known_args()[0]
    check_files(parsed)
    check_master_port(parsed)
    locust()  # type: ignore[no-untyped-call] # Locust does not say


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _interrupt_main(hub: Any) -> None:
    """Interrupt whoever waits for the load; Python alone would interrupt the user whose turn it is, in a request."""
    hub.handle_system_error(KeyboardInterrupt, KeyboardInterrupt())


def check_files(parsed: Any) -> None:
    """End if a file of Locust's own cannot be written: it would say so by a trace, and after the load."""
    for option, path in (("--csv", parsed.csv_prefix), ("--html", parsed.html_file), ("--json-file", parsed.json_file)):
        if path:
            try:
                check_folder(Path(path).parent)
            except OSError as error:
                sys.exit(f"load: {option} {path} cannot be written: {error.strerror or error}")


def check_master_port(parsed: Any) -> None:
    """End if these options make a master whose port cannot be had, or whose forked workers would look for it elsewhere.

    It is looked at before Locust forks: workers would go on without their master, and find whoever has the port.
    """
    if parsed.worker or not (parsed.master or parsed.processes):
        return
    port = parsed.master_bind_port
    if parsed.processes and parsed.master_port != port:
        sys.exit(f"load: --master-port must be --master-bind-port, {port}, is {parsed.master_port}: give both")
    host = "" if parsed.master_bind_host == _ALL_ADDRESSES else parsed.master_bind_host
    obstacle = find_obstacle(host, port)
    if obstacle is not None:
        sys.exit(f"load: the port {port} of Locust's master {obstacle}: give --master-bind-port another")
