"""pytest-httpserver on a port, answering one path with 700 bytes; ends when it is told to.

Run as ``python httpserver.py PORT PATH``.
"""

import signal
import sys

from post_messages import ANSWER
from pytest_httpserver import HTTPServer


def main(port: int, path: str) -> None:
    with HTTPServer(host="127.0.0.1", port=port, threaded=True) as server:
        request = server.expect_request(path, method="POST")
        request.respond_with_data(ANSWER, status=201, content_type="application/json")
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})  # for `sigwait`, whichever thread gets it
    main(int(sys.argv[1]), sys.argv[2])
