"""Whatever address a message names, no connection leaves for a place that nobody allowed.

Python reports each connection attempt to an audit hook before the system hears of it: the hook notes where it goes and
lets only those to the customer's app through, so that not even the naive variants reach the network.
"""

import logging
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address, ip_network
from threading import get_ident
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from fake_twilio.delivery.outbound import Outbound
from fake_twilio.domain.webhooks.targets import TargetRefused, Targets
from tests.fake_twilio.doubles import Resolver, Stopwatch, make_webhook
from tests.vectors.targets import NAMES, Case, Leads, cases

CASES = cases()
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
Connect = tuple[str, int]


class Gate:
    """Notes where this thread connects to, and lets nothing through but what goes to one port of this machine."""

    def __init__(self) -> None:
        self._thread: int | None = None
        self._open: Connect = ("", 0)
        self.connects: list[Connect] = []
        sys.addaudithook(self._hear)  # it stays for ever, and does nothing while the gate is not closed

    def close(self, open_port: int) -> None:
        self._thread, self._open, self.connects = get_ident(), ("127.0.0.1", open_port), []

    def lift(self) -> None:
        self._thread = None

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event != "socket.connect" or self._thread != get_ident():
            return
        target = args[1][:2]
        self.connects.append(target)
        if target != self._open:
            raise ConnectionRefusedError("the gate is closed")


@pytest.fixture(scope="module")
def only_gate() -> Gate:
    return Gate()


@pytest.fixture
def gate(only_gate: Gate, httpserver: HTTPServer) -> Iterator[Gate]:
    httpserver.expect_request("").respond_with_data("")
    only_gate.close(httpserver.port)
    yield only_gate
    only_gate.lift()


class Book:
    """A resolver that reads addresses as the system does, knows a few names, and may change its mind."""

    def __init__(self, case: Case) -> None:
        self._answers = list(case.answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if self._answers:
            return list(self._answers.pop(0))
        return [*_as_address(host)] or _as_name(host)


def _as_address(host: str) -> Iterator[str]:
    try:
        yield str(ip_address(host))
    except ValueError:
        try:
            yield socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
        except OSError:
            return


def _as_name(host: str) -> list[str]:
    try:
        return [*NAMES[host.rstrip(".").lower()]]
    except KeyError as unknown:
        raise socket.gaierror(f"no such name: {host}") from unknown


def connects(gate: Gate, case: Case, port: int, targets: Any) -> list[Connect]:
    """Post a webhook to the address of *case*; return where it connected to."""
    before = len(gate.connects)
    book = Book(case)
    outbound = Outbound(connections=1, monotonic=Stopwatch(), resolve=book, targets=targets)
    try:
        answer = outbound.post(make_webhook(url=case.url.replace("{port}", str(port))))
    finally:
        outbound.close()
    assert len(book.asked) <= 1
    assert answer.status or answer.error
    return gate.connects[before:]


def is_here(connect: Connect) -> bool:
    return any(ip_address(connect[0]) in network for network in LOOPBACK)


def astray(found: Iterable[tuple[Case, list[Connect]]], *allowed: Leads) -> list[tuple[str, list[Connect]]]:
    """Return the addresses that were called although they lead elsewhere, or not called although they may be."""
    return [(case.url, there) for case, there in found if bool(there) is not (case.leads in allowed)]


def test_the_corpus_is_large_and_says_no_address_twice() -> None:
    assert len(CASES) >= 300
    assert len({(case.url, case.answers) for case in CASES}) == len(CASES)
    assert {case.leads for case in CASES} == set(Leads)


def test_nothing_is_connected_but_this_machine(gate: Gate, httpserver: HTTPServer) -> None:
    found = [(case, connects(gate, case, httpserver.port, Targets())) for case in CASES]

    assert astray(found, Leads.HERE) == []
    assert [connect for connect in gate.connects if not is_here(connect)] == []
    assert httpserver.log


def test_public_addresses_are_connected_by_option_and_nothing_else_is(gate: Gate, httpserver: HTTPServer) -> None:
    targets = Targets.parse(is_public_allowed=True)

    found = [(case, connects(gate, case, httpserver.port, targets)) for case in CASES]

    assert astray(found, Leads.HERE, Leads.PUBLIC) == []


class DenyList:
    """What one writes first: all that Python calls public may be called, and this machine."""

    def check_name(self, scheme: str, host: str) -> None:
        pass

    def check(self, host: str, port: int, addresses: list[str]) -> None:
        for address in map(ip_address, addresses or ["0.0.0.0"]):
            if not address.is_loopback and (address.is_private or address.is_link_local or address.is_multicast):
                raise TargetRefused(host)


class FirstOnly(Targets):
    """Looks at one address of several."""

    def check(self, host: str, port: int, addresses: Iterable[str]) -> None:
        Targets.check(self, host, port, [*addresses][:1])


@pytest.mark.parametrize(
    ("naive", "missed"),
    [
        (DenyList(), ["http://[64:ff9b::169.254.169.254]:{port}/", "http://[::169.254.169.254]:{port}/"]),
        (FirstOnly(is_public_allowed=True), ["http://mixed.example:{port}/"]),
    ],
    ids=["deny-list", "first address only"],
)
def test_a_naive_check_is_caught(gate: Gate, httpserver: HTTPServer, naive: Any, missed: list[str]) -> None:
    found = [(case, connects(gate, case, httpserver.port, naive)) for case in CASES]

    wrong = [url for url, there in astray(found, Leads.HERE, Leads.PUBLIC) if there]
    assert set(missed) <= set(wrong)


@pytest.mark.parametrize("kind", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_no_proxy_comes_from_the_environment(
    gate: Gate, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv(kind, "http://127.0.0.1:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    found = connects(gate, Case("http://app.test:{port}/", Leads.HERE), httpserver.port, Targets())

    assert found == [("127.0.0.1", httpserver.port)]


def test_a_refusal_is_logged_with_its_reason(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "fake_twilio")

    outbound = Outbound(connections=1, monotonic=Stopwatch(), resolve=Resolver(["169.254.169.254"]))
    answer = outbound.post(make_webhook(url="http://user:secret@metadata/?token=secret"))

    (record,) = caplog.records
    reason = "callbacks may not go to metadata: 169.254.169.254 is a link-local address, which is never allowed"
    assert (record.getMessage(), answer.error) == (reason, reason)


@pytest.mark.parametrize("control", ["\r\nX: y", "\x1bc", "\u202e"])
def test_a_reason_has_no_control_characters(gate: Gate, control: str) -> None:
    outbound = Outbound(connections=1, monotonic=Stopwatch(), resolve=Resolver(["10.0.0.1"]))

    answer = outbound.post(make_webhook(url=f"http://a{control}b/"))

    assert (answer.error or "").isprintable()
    assert gate.connects == []


def test_a_name_that_is_none_is_never_asked_for(gate: Gate) -> None:
    book: Callable[[str, int], list[str]] = Resolver(["127.0.0.1"])

    outbound = Outbound(connections=1, monotonic=Stopwatch(), resolve=book)
    for url in ("ftp://app.test/", "http://127.0.0.1%09/", "http://a_b..c/", "http:///x"):
        assert outbound.post(make_webhook(url=url)).error

    assert book.asked == []
