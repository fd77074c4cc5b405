"""Addresses that somebody may want a server to call, and where each leads; more than 300.

Sources: RFC 6890 and IANA's registries of special-purpose addresses; the ways of writing an address that ``inet_aton``
takes (POSIX); the findings of CVE-2023-41327, CVE-2023-41329 (WireMock), CVE-2026-27808 and CVE-2026-55187 (mailpit);
the clouds' pages on their metadata services. ``{port}`` stands for that of a customer's app on this machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address


class Leads(StrEnum):
    """Where an address leads."""

    HERE = "here"  # to this machine: always allowed
    PUBLIC = "public"  # to the internet: by option only
    AWAY = "away"  # to a network that nobody allowed, to one that is never allowed, or nowhere


@dataclass(frozen=True, slots=True)
class Case:
    """An address, where it leads, and what a resolver says of its host, once for each time it is asked."""

    url: str
    leads: Leads
    answers: tuple[tuple[str, ...], ...] = ()  # none: the host is an address, or stands in `NAMES`


NAMES = {
    "localhost": ("127.0.0.1", "::1"),
    "app.localhost": ("127.0.0.1",),
    "app.test": ("127.0.0.1",),
    "localtest.example": ("127.0.0.1",),
    "xn--app-test": ("127.0.0.1",),
    "under_score.test": ("127.0.0.1",),
    "evil.example": ("93.184.216.34",),
    "127.0.0.1.evil.example": ("93.184.216.34",),
    "localhost.evil.example": ("93.184.216.34",),
    "metadata": ("169.254.169.254",),
    "metadata.google.internal": ("169.254.169.254",),
    "instance-data": ("169.254.169.254",),
    "instance-data.ec2.internal": ("169.254.169.254",),
    "169.254.169.254.nip.example": ("169.254.169.254",),
    "intranet": ("10.0.0.5",),
    "router.local": ("192.168.1.1",),
    "kubernetes.default.svc": ("10.96.0.1",),
    "host.docker.internal": ("172.17.0.1",),
    "nat64.example": ("64:ff9b::a9fe:a9fe",),
    "zone.example": ("fe80::1%eth0",),
    "nowhere.example": (),
    "words.example": ("localhost",),
    "decimal.example": ("2130706433",),
}

# Each is forbidden or not allowed, as an IPv4 address; see `_spellings` for the ways in which they are written.
AWAY_IPV4 = (
    "169.254.169.254",  # metadata of Amazon, Google, Azure
    "169.254.170.2",  # credentials of containers at Amazon
    "100.100.100.200",  # metadata of Alibaba
    "168.63.129.16",  # Azure's wire server, which lies in public space
    "192.0.0.192",  # metadata of Oracle
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
)
PUBLIC_IPV4 = ("8.8.8.8", "93.184.216.34", "126.255.255.255", "128.0.0.1")
HERE_IPV4 = ("127.0.0.1", "127.8.9.1", "127.255.255.254")

AWAY_IPV6 = (
    "::",
    "::2",
    "::7f00:1",
    "::ffff:0:7f00:1",
    "fe80::1",
    "fe80::a9fe:a9fe",
    "febf::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "fd00:ec2::254",  # metadata of Amazon
    "fd20:ce::254",  # metadata of Google
    "ff02::1",
    "ff05::2",
    "100::1",
    "2001:db8::1",
    "2001::1",
    "2001:0:53aa:64c::",  # Teredo
    "3fff::1",
    "4000::1",
    "64:ff9b:1::a00:1",
)
PUBLIC_IPV6 = ("2606:4700:4700::1111", "2a00:1450:4001::200e")


def _spellings(dotted: str) -> Iterator[str]:
    """Yield the ways in which ``inet_aton`` takes an IPv4 address."""
    number = int(IPv4Address(dotted))
    a, b, c, d = (int(part) for part in dotted.split("."))
    yield from (dotted, str(number), hex(number), f"0X{number:X}", f"0{number:o}", f"000{number:o}")
    yield from (f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a}.{b:#x}.0{c:o}.{d}")
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"{a:#x}.{number & 0xFFFFFF:#x}")


def _carriers(dotted: str) -> Iterator[str]:
    """Yield the IPv6 addresses that carry an IPv4 address."""
    number = int(IPv4Address(dotted))
    yield from (f"::ffff:{dotted}", f"::{dotted}", f"64:ff9b::{dotted}", f"64:ff9b:1::{dotted}")
    yield str(IPv6Address((0x2002 << 112) | (number << 80)))
    yield str(IPv6Address((0x2001 << 112) | (number ^ 0xFFFFFFFF)))


def _of_ipv4(dotted: str, leads: Leads) -> Iterator[Case]:
    yield from (Case(f"http://{host}:{{port}}/", leads) for host in dict.fromkeys(_spellings(dotted)))
    yield from (Case(f"http://[{host}]:{{port}}/", Leads.AWAY) for host in _carriers(dotted))


def _numbers() -> Iterator[Case]:
    for addresses, leads in ((AWAY_IPV4, Leads.AWAY), (PUBLIC_IPV4, Leads.PUBLIC), (HERE_IPV4, Leads.HERE)):
        for dotted in addresses:
            yield from _of_ipv4(dotted, leads)
    for addresses, leads in ((AWAY_IPV6, Leads.AWAY), (PUBLIC_IPV6, Leads.PUBLIC)):
        for address in addresses:
            yield Case(f"http://[{address}]:{{port}}/", leads)
            yield Case(f"https://[{IPv6Address(address).exploded}]/", leads)
    yield from (
        Case(f"http://{host}/", Leads.HERE) for host in ("[::1]", "[0:0:0:0:0:0:0:1]", "[::0001]", "[::0.0.0.1]")
    )
    yield from (Case(f"http://{host}/", Leads.HERE) for host in ("127.1", "0x7f.1", "017700000001", "2130706433"))
    yield from (Case(f"http://{host}/", Leads.AWAY) for host in ("0", "00", "0x0", "0.0", "0.0.0"))


def _names() -> Iterator[Case]:
    here = ("localhost", "LOCALHOST", "localhost.", "app.localhost", "app.test", "localtest.example", "xn--app-test")
    yield from (Case(f"http://{host}:{{port}}/", Leads.HERE) for host in (*here, "under_score.test"))
    public = ("evil.example", "EVIL.example", "evil.example.", "127.0.0.1.evil.example", "localhost.evil.example")
    yield from (Case(f"http://{host}/", Leads.PUBLIC) for host in public)
    away = [name for name in NAMES if NAMES[name] not in (NAMES["app.test"], NAMES["evil.example"])]
    away += ["Metadata.Google.Internal", "metadata.google.internal.", "unknown.example"]
    for name in away:
        if name != "localhost":
            yield Case(f"http://{name}/latest/meta-data/", Leads.AWAY)
            yield Case(f"https://{name}/computeMetadata/v1/", Leads.AWAY)


# Who reads the userinfo, a backslash or a control character otherwise calls another host than the one that was checked.
TRICKS = (
    ("http://127.0.0.1@evil.example/", Leads.PUBLIC),
    ("http://127.0.0.1:{port}@evil.example/", Leads.PUBLIC),
    ("http://app.test:80%40evil.example@evil.example/", Leads.PUBLIC),
    ("http://localhost%00@evil.example/", Leads.PUBLIC),
    ("http://a@127.0.0.1@evil.example/", Leads.PUBLIC),
    ("http://127.0.0.1\\@evil.example/", Leads.PUBLIC),
    ("http://127.0.0.1%20@evil.example/", Leads.PUBLIC),
    ("http://127.0.0.1 @evil.example/", Leads.PUBLIC),
    ("http://127.0.0.1\t@evil.example/", Leads.PUBLIC),
    ("http://127.0.0.1\r\n@evil.example/", Leads.PUBLIC),
    ("http://evil.example?@127.0.0.1/", Leads.PUBLIC),
    ("http://evil.example/@127.0.0.1/", Leads.PUBLIC),
    ("http://evil.example#@127.0.0.1/", Leads.PUBLIC),
    ("http://evil.example;@127.0.0.1/", Leads.HERE),
    ("http://evil.example:80@127.0.0.1:{port}/", Leads.HERE),
    ("http://evil.example\\@127.0.0.1:{port}/", Leads.HERE),
    ("http://169.254.169.254@127.0.0.1:{port}/", Leads.HERE),
    ("http://127.0.0.1@169.254.169.254/", Leads.AWAY),
    ("http://127.0.0.1:80@169.254.169.254:80/", Leads.AWAY),
    ("http://127.0.0.1\\@169.254.169.254/", Leads.AWAY),
    ("http://127.0.0.1\\.169.254.169.254/", Leads.AWAY),
    ("http://169.254.169.254\\@127.0.0.1.evil.example/", Leads.PUBLIC),
    ("http://169.254.169.254\\.127.0.0.1/", Leads.AWAY),
    ("http:\\\\169.254.169.254\\", Leads.AWAY),
    ("http:/\\169.254.169.254/", Leads.AWAY),
    ("http:\\/169.254.169.254/", Leads.AWAY),
    ("http:169.254.169.254/", Leads.AWAY),
    ("http:/169.254.169.254/", Leads.AWAY),
    ("http:///169.254.169.254/", Leads.AWAY),
    ("//169.254.169.254/", Leads.AWAY),
    ("169.254.169.254", Leads.AWAY),
    ("\thttp://169.254.169.254/", Leads.AWAY),
    ("ht\ttp://169.254.169.254/", Leads.AWAY),
    ("http://169.254\t.169.254/", Leads.AWAY),
    ("http://169.254.169.254\t/", Leads.AWAY),
    ("http://169.254.169.254\r\n/", Leads.AWAY),
    ("http://127.0.0.1\r\nHost: evil.example/", Leads.AWAY),
    ("http://127.0.0.1%0d%0aHost:%20evil.example/", Leads.AWAY),
    ("http://127.0.0.1%09/", Leads.AWAY),
    ("http://127.0.0.1%00.evil.example/", Leads.AWAY),
    ("http://127.0.0.1\x00.evil.example/", Leads.AWAY),
    ("http://127.0.0.1%2f@169.254.169.254/", Leads.AWAY),
    ("http://127.0.0.1%23.evil.example/", Leads.AWAY),
    ("http://127.0.0.1,169.254.169.254/", Leads.AWAY),
    ("http://127.0.0.1;169.254.169.254/", Leads.AWAY),
    ("http://127.0.0.1 169.254.169.254/", Leads.AWAY),
    ("http://169。254。169。254/", Leads.AWAY),
    ("http://169\uff0e254\uff0e169\uff0e254/", Leads.AWAY),
    ("http://169｡254｡169｡254/", Leads.AWAY),
    ("http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/", Leads.AWAY),
    ("http://\uff11\uff16\uff19.\uff12\uff15\uff14.\uff11\uff16\uff19.\uff12\uff15\uff14/", Leads.AWAY),
    ("http://١٦٩.٢٥٤.١٦٩.٢٥٤/", Leads.AWAY),
    ("http://ⓜⓔⓣⓐⓓⓐⓣⓐ.google.internal/", Leads.AWAY),
    ("http://metadata。google。internal/", Leads.AWAY),
    ("http://169.254.169.254./", Leads.AWAY),
    ("http://169.254.169.254../", Leads.AWAY),
    ("http://169..254.169.254/", Leads.AWAY),
    ("http://.169.254.169.254/", Leads.AWAY),
    ("http://169.254.169.256/", Leads.AWAY),
    ("http://169.254.169.254:80:80/", Leads.AWAY),
    ("http://169.254.169.254:/", Leads.AWAY),
    ("http://169.254.169.254:0/", Leads.AWAY),
    ("http://127.0.0.1:65536/", Leads.AWAY),
    ("http://127.0.0.1:-1/", Leads.AWAY),
    ("http://127.0.0.1:+{port}/", Leads.AWAY),
    ("http://127.0.0.1:8 0/", Leads.AWAY),
    ("http://127.0.0.1:0x50/", Leads.AWAY),
    ("http://127.0.0.1:٨٠/", Leads.AWAY),
    ("http://127.0.0.1:80@evil.example:{port}/", Leads.PUBLIC),
    ("http://[fe80::1%25eth0]/", Leads.AWAY),
    ("http://[fe80::1%eth0]/", Leads.AWAY),
    ("http://[::1%25lo]/", Leads.AWAY),
    ("http://[::1%lo]/", Leads.AWAY),
    ("http://[::1/", Leads.AWAY),
    ("http://::1/", Leads.AWAY),
    ("http://[127.0.0.1]/", Leads.AWAY),
    ("http://[v1.169.254.169.254]/", Leads.AWAY),
    ("http://[::ffff:7f00:1]/", Leads.AWAY),
    ("http://[0:0:0:0:0:ffff:169.254.169.254]/", Leads.AWAY),
    ("http://", Leads.AWAY),
    ("http://@/", Leads.AWAY),
    ("http://:80/", Leads.AWAY),
    ("http://user:pass@/", Leads.AWAY),
    ("", Leads.AWAY),
    ("HTTP://127.0.0.1:{port}/", Leads.HERE),
    ("http://127.0.0.1:{port}/?next=http://169.254.169.254/", Leads.HERE),
    ("http://127.0.0.1:{port}//169.254.169.254/", Leads.HERE),
    ("http://127.0.0.1:{port}/@169.254.169.254/", Leads.HERE),
    ("http://127.0.0.1:{port}#@169.254.169.254/", Leads.HERE),
    ("http://127.0.0.1:{port}/\r\nX: y", Leads.HERE),
    ("https://127.0.0.1:{port}/", Leads.HERE),
)

SCHEMES = "gopher file ftp ftps sftp dict ldap ldaps tftp jar netdoc data javascript ws wss unix ssh telnet smtp"
SCHEMES += " mailto phar php expect about blob view-source httpx http+unix https+insecure"


def _schemes() -> Iterator[Case]:
    for scheme in SCHEMES.split():
        yield Case(f"{scheme}://127.0.0.1:{{port}}/_x", Leads.AWAY)
    more = ("file:///etc/passwd", "file:/etc/passwd", "data:text/plain,x", "javascript:alert(1)", "mailto:a@app.test")
    more += (
        "url:http://127.0.0.1/",
        "jar:http://127.0.0.1!/",
        "unix:/var/run/docker.sock",
        "about:blank",
        "//app.test/",
    )
    yield from (Case(url, Leads.AWAY) for url in more)


def _resolvers() -> Iterator[Case]:
    """Yield hosts with good and bad addresses, and such that change their mind after they were checked."""
    good = ("127.0.0.1",)
    for bad in ("169.254.169.254", "10.0.0.1", "0.0.0.0", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1", "::"):
        yield Case("http://rebinding.example:{port}/", Leads.HERE, (good, (bad,)))
        yield Case("http://rebinding.example:{port}/", Leads.AWAY, ((bad,), good))
        yield Case("http://mixed.example:{port}/", Leads.AWAY, ((*good, bad),))
        yield Case("http://mixed.example:{port}/", Leads.AWAY, ((bad, *good),))
        yield Case("http://mixed.example:{port}/", Leads.AWAY, (("8.8.8.8", *good, bad),))
    yield Case("http://mixed.example:{port}/", Leads.PUBLIC, (("127.0.0.1", "8.8.8.8"),))
    yield Case("http://fickle.example:{port}/", Leads.AWAY, ((), good))


def cases() -> tuple[Case, ...]:
    """Return all of them."""
    tricks = (Case(url, leads) for url, leads in TRICKS)
    return tuple(dict.fromkeys((*_numbers(), *_names(), *tricks, *_schemes(), *_resolvers())))
