"""One case of the fuzz: the bytes that are sent, and what is known of the answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """What is sent on one connection, which is then half closed."""

    data: bytes
    status: int | None = None  # of the first answer, where only one is right
    is_head: bool = False
    may_be_silent: bool = False  # what does not come whole is closed without a word


def build(method: str, target: str, headers: list[str], body: bytes = b"", status: int | None = None) -> Case:
    """Return the case of one whole request; its length is told."""
    lines = [f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")
    return Case(head + body, status, is_head=method == "HEAD")
