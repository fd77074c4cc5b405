"""``python -m fake_twilio.load.sink``: takes callbacks in a process of its own.

In the process of the load or of the fake it would measure itself: whoever takes callbacks waits for the same
interpreter. It says where it is in its first line, and ends with its signals, or with its standard input if it is told
so; nobody then has to look for one that was left behind.
"""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from threading import Thread

from fake_twilio.load.callback_book import MOST, CallbackBook
from fake_twilio.load.sink_app import SinkApp
from fake_twilio.timing.clock import RealClock, monotonic
from fake_twilio.wire.http_connection import Limits
from fake_twilio.wire.http_server import Server

PORT = 7671
REPLY = "Thank you, we have it."
GRACE_SECONDS = 0.5
_LIMITS = Limits(connections=4096)  # each user of a load that waits for a callback holds one
_ENDS = (signal.SIGINT, signal.SIGTERM)


def main(words: Sequence[str] | None = None) -> int:
    """Serve until told to stop; return the exit status, 1 if nobody can listen there."""
    options = _parser().parse_args(words)
    app = SinkApp(CallbackBook(monotonic, options.remember), options.reply)
    try:
        server = Server(options.host, options.port, app, monotonic, _LIMITS, now=RealClock().now)
    except OSError as error:
        print(
            f"cannot listen on {options.host}:{options.port}: {error.strerror}; choose another --port", file=sys.stderr
        )
        return 1
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)  # in all threads: they are waited for below
    server.start()
    if options.until_input_ends:
        Thread(target=_end_with_input, daemon=True).start()
    if _has_told(f"sink on {_url(options.host, server.port)}"):
        signal.sigwait(_ENDS)
    server.stop(GRACE_SECONDS)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m fake_twilio.load.sink",
        description="Take the callbacks of a load test: POST /status and POST /sms; tell of them: GET /counts and "
        "GET /arrivals?sid=SM...&status=delivered&wait=10.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", default=PORT, type=_port, help="0 picks a free one (default %(default)s)")
    parser.add_argument("--reply", default=REPLY, help="what is replied to texts; nothing if empty")
    parser.add_argument("--remember", default=MOST, type=_count, help="callbacks remembered (default %(default)s)")
    parser.add_argument("--until-input-ends", action="store_true", help="end when standard input does")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 1 << 16):
        raise argparse.ArgumentTypeError(f"wanted a port from 0 to 65535, not {text}")
    return int(text)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 100_000_000):
        raise argparse.ArgumentTypeError(f"wanted a number from 1 to 100000000, not {text}")
    return int(text)


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _has_told(line: str) -> bool:
    """Print *line*; whoever started us may have ended meanwhile, and nobody wants the sink any more."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be flushed goes there
        return False
    return True


def _end_with_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
