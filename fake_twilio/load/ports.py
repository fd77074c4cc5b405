"""Whether a port of this machine can be listened at."""

import socket


def is_taken(host: str, port: int) -> bool:
    """Whether somebody listens at *port* already; an empty *host* stands for all addresses of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as servers do: one that has just ended is no hurdle
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
