"""Scenario files that mean harm, as small builders: what is in each, where it is refused, and with which words."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

GOOD = b"about: x\ndefaults: {timeline: []}\n"
MANY = 5_000_000
KIB = 1 << 10
MIB = 1 << 20


class Hostile(NamedTuple):
    """The content of a file, and the place and some words of what is said about it."""

    content: bytes
    place: str
    wanted: str


def rule(pattern: str) -> bytes:
    return GOOD + f"rules:\n  - when: {{body: '{pattern}'}}\n    then: {{refuse: 21610}}\n".encode()


def rules(pattern: str, count: int) -> bytes:
    patterns = ", ".join(f"'{pattern}'" for _ in range(count))
    return GOOD + f"rules:\n  - when:\n      body: [{patterns}]\n    then: {{refuse: 21610}}\n".encode()


def laughs(depth: int, *, flow: bool = False) -> bytes:
    """Nine of the level before in each level: 9 to the power of *depth* in the end."""
    levels = [f"&a{level} [{', '.join([f'*a{level - 1}'] * 9) if level else 'ha'}]" for level in range(depth)]
    return f"[{', '.join(levels)}]".encode() if flow else "\n".join(f"- {level}" for level in levels).encode()


def merges(depth: int) -> bytes:
    """Mappings of which each merges the one before nine times."""
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}" for level in range(1, depth)]
    return "\n".join(lines).encode()


TOO_LARGE = "wanted at most 1048576 bytes"
TOO_DEEP = "wanted at most 32 levels"
TOO_MANY = "wanted at most 60000 values"
NO_ALIAS = "aliases are not allowed"
NO_TAG = "tags are not allowed"
NO_DIRECTIVE = "directives are not allowed"
TWICE = "this key is here twice"
NO_KEY = "wanted a plain name as a key"
FOREIGN = "a character that may not stand there"
REGEX = "wanted a regular expression"

FILES: dict[str, Hostile] = {
    # large
    "5 MB of open lists": Hostile(b"[" * MANY, "1:1", TOO_LARGE),
    "5 MB of commas": Hostile(b"," * MANY, "1:1", TOO_LARGE),
    "5 MB of items": Hostile(b"- a\n" * (MANY // 4), "1:1", TOO_LARGE),
    "5 MB of comments": Hostile(b"#" * MANY, "1:1", TOO_LARGE),
    "5 MB in one text": Hostile(b"about: " + b"x" * MANY, "1:1", TOO_LARGE),
    "1 MiB of open lists": Hostile(b"[" * MIB, "1:33", TOO_DEEP),
    "1 MiB of open mappings": Hostile(b"{a: " * (MIB // 4), "1:129", TOO_DEEP),
    "1 MiB of nested dashes": Hostile(b"- " * (MIB // 2), "1:65", TOO_DEEP),
    "1 MiB of nested keys": Hostile(b"? " * (MIB // 2), "1:65", TOO_DEEP),
    "1 MiB of commas": Hostile(b"," * MIB, "1:1", "wanted a value"),
    "1 MiB of closing brackets": Hostile(b"]" * MIB, "1:1", "wanted a value"),
    "1 MiB of items": Hostile(b"- a\n" * (MIB // 4), "60000:3", TOO_MANY),
    "1 MiB of items in one line": Hostile(b"[" + b"a," * (MIB // 2 - 1) + b"]", "1:120000", TOO_MANY),
    "1 MiB of empty mappings": Hostile(b"[" + b"{}," * (MIB // 3 - 1) + b"]", "1:179999", TOO_MANY),
    "1 MiB of keys": Hostile(b"".join(b"k%05d:\n" % n for n in range(99_999)), "30000:8", TOO_MANY),
    "1 MiB in one key": Hostile(b"k" * (MIB - KIB) + b": v\n", f"1:{MIB - KIB + 1}", "wanted no colon here"),
    "1 MiB in one asked key": Hostile(GOOD + b"? " + b"k" * (MIB - KIB) + b"\n: v\n", "3:3", "no such key"),
    "1 MiB in an open quote": Hostile(b"about: '" + b"x" * (MIB - KIB), "1:8", "wanted the closing quote"),
    "1 MiB of indentation": Hostile(
        b"about:\n" + b" " * (MIB - KIB) + b"x: y\n" + GOOD[9:], "2:1047553", "wanted a text"
    ),
    "1 MiB of one number": Hostile(GOOD + b"numbers: ['" + b"9" * (MIB - KIB) + b"']", "3:10", "wanted E.164"),
    "rules that are none": Hostile(GOOD + b"rules: [" + b"a," * 59_900 + b"]", "3:9", "wanted keys and values"),
    "numbers that are none": Hostile(GOOD + b"numbers: [" + b"~," * 59_900 + b"]", "3:11", "wanted a text"),
    "patterns that are none": Hostile(rules("", 59_900), "5:14", "wanted a text"),
    "unknown keys by the thousand": Hostile(
        GOOD + b"".join(b"rulez%05d: 1\n" % n for n in range(29_900)), "3:1", "no such key"
    ),
    "duplicate keys by the thousand": Hostile(b"k: v\n" * 40_000, "2:1", TWICE),
    # aliases, merge keys, tags, keys
    "billion laughs": Hostile(laughs(30), "2:8", NO_ALIAS),
    "billion laughs in one line": Hostile(laughs(30, flow=True), "1:17", NO_ALIAS),
    "merge keys that multiply": Hostile(merges(30), "2:15", NO_ALIAS),
    "an alias of itself": Hostile(b"a: &a [*a]\n", "1:8", NO_ALIAS),
    "an alias of nothing": Hostile(b"a: *a\n", "1:4", NO_ALIAS),
    "a merge key": Hostile(GOOD + b"<<: {a: b}\n", "3:1", NO_KEY),
    "a tag of Python": Hostile(b"about: !!python/object/apply:os.system [echo]\n", "1:8", NO_TAG),
    "a tag of 60 KiB": Hostile(b"about: !" + b"t" * (60 * KIB) + b" x\n", "1:8", NO_TAG),
    "a tag of a key": Hostile(GOOD + b"!x numbers: []\n", "3:1", NO_TAG),
    "a tag without its handle": Hostile(b"about: !h!x y\n", "1:8", NO_TAG),
    "a tag that is no UTF-8": Hostile(b"about: !%ff%fe x\n", "1:8", NO_TAG),
    "a binary tag": Hostile(b"about: !!binary eA==\n", "1:8", NO_TAG),
    "a key twice": Hostile(GOOD + b"about: y\n", "3:1", TWICE),
    "a key twice, once in quotes": Hostile(GOOD + b"'about': y\n", "3:1", TWICE),
    "a list as a key": Hostile(GOOD + b"? [a, b]\n: c\n", "3:3", NO_KEY),
    "a mapping as a key": Hostile(GOOD + b"{a: b}: c\n", "3:1", NO_KEY),
    # documents and directives
    "two documents": Hostile(GOOD + b"---\n" + GOOD, "3:1", "wanted one document"),
    "a document after the end": Hostile(GOOD + b"...\nabout: y\n", "4:1", "wanted one document"),
    "a version of YAML": Hostile(b"%YAML 1.2\n---\n" + GOOD, "1:1", NO_DIRECTIVE),
    "a version with 60,000 digits": Hostile(b"# x\n%YAML 1." + b"9" * 60_000 + b"\n---\n" + GOOD, "2:1", NO_DIRECTIVE),
    "a tag's handle": Hostile(b"\n%TAG ! tag:x,2000:\n---\n" + GOOD, "2:1", NO_DIRECTIVE),
    # characters
    "no UTF-8": Hostile("about: x\nab: é\n".encode("latin-1"), "2:5", "cannot be read as UTF-8 text"),
    "overlong UTF-8": Hostile(b"about: \xc0\xaf\n", "1:8", "cannot be read as UTF-8 text"),
    "half a pair in UTF-8": Hostile(b"about: \xed\xa0\x80\n", "1:8", "cannot be read as UTF-8 text"),
    "UTF-16": Hostile("about: x\n".encode("utf-16"), "1:1", "cannot be read as UTF-8 text"),
    "NUL": Hostile(b"about: x\0\n", "1:9", f"{FOREIGN}: #x0000"),
    "1 MiB of NUL": Hostile(b"\0" * MIB, "1:1", FOREIGN),
    "an escape of terminals": Hostile(b"about: x\ny: \x1b[2J\n", "2:4", f"{FOREIGN}: #x001b"),
    "a mark of byte order inside": Hostile(GOOD + "\ufeffx: y\n".encode(), "3:1", f"{FOREIGN}: #xfeff"),
    "control characters by escapes": Hostile(GOOD + b'"\\e[2J\\a": y\n', "3:1", "no such key"),
    "half a pair by an escape": Hostile(b'about: "\\ud800"\n', "1:8", "wanted an escape"),
    "a character beyond the last": Hostile(b'about: "\\UFFFFFFFF"\n', "1:8", "wanted an escape"),
    "an escape that is none": Hostile(b'about: "\\q"\n', "1:8", "wanted an escape"),
    "a tab as indentation": Hostile(b"about:\n\tx: y\n", "2:1", "wanted spaces instead of a tab"),
    "line ends of old Macs": Hostile(b"about: x\rabout: y\r", "2:1", TWICE),
    # regular expressions
    "a regex that is empty": Hostile(rule("re:"), "4:18", f"{REGEX} of 1 to 1000 characters, has 0"),
    "a regex of 100,000 characters": Hostile(
        rule("re:" + "a" * 100_000), "4:18", f"{REGEX} of 1 to 1000 characters, has 100000"
    ),
    "a regex that looks back": Hostile(rule(r"re:(a+)\1"), "4:18", r"that RE2 knows: invalid escape sequence: \1"),
    "a regex that looks ahead": Hostile(rule("re:a(?=b)"), "4:18", "that RE2 knows: invalid perl operator"),
    "a regex that possesses": Hostile(rule("re:(?>a)"), "4:18", "that RE2 knows: invalid perl operator"),
    "a regex that repeats repetition": Hostile(
        rule("re:((a{100}){100}){100}"), "4:18", "that RE2 knows: invalid repetition size"
    ),
    "a regex of all letters, 500 times": Hostile(rule(r"re:\pL{500}"), "4:18", "that RE2 knows: pattern too large"),
    "a regex without its end": Hostile(rule("re:(a"), "4:18", "that RE2 knows: missing )"),
    "a regex with half a pair": Hostile(
        rule("").replace(b"''", b'"re:a\\ud83d"'), "4:18", "wanted an escape that YAML knows"
    ),
    "large regexes by the thousand": Hostile(rules("re:[a-z]{1000}", 50_000), "5:1814", "fewer or simpler"),
    "refused regexes by the thousand": Hostile(rules(r"re:\pL{500}", 50_000), "5:14", "pattern too large"),
}


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def link_to_a_pipe(path: Path) -> Path:
    path.symlink_to(pipe(path.with_suffix(".pipe")))
    return path


def listener(path: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
    return path


# What is no file: how it comes to be, and what is said about it.
NO_FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "an endless device": (lambda _path: Path("/dev/zero"), ":1:1: wanted a regular file, not a device"),
    "a pipe": (pipe, ":1:1: wanted a regular file, not a pipe"),
    "a link to a pipe": (link_to_a_pipe, ":1:1: wanted a regular file, not a pipe"),
    "a socket": (listener, ":1:1: wanted a regular file, not a socket"),
    "a folder": (folder, ":1:1: wanted a regular file, not a folder"),
    "a link to itself": (loop, ": no such file"),
}
