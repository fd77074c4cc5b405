"""Whether a port of this machine can be listened at."""

import errno
import socket


def find_obstacle(host: str, port: int) -> str | None:
    """Return why nobody can listen at *port*, to be said behind its number; ``None`` if one can.

    An empty *host* stands for all addresses of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as servers do: one that has just ended is no hurdle
        try:
            probe.bind((host, port))
        except OverflowError:
            return "is none, they go from 0 to 65535"
        except OSError as error:
            return "is taken" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
    return None
