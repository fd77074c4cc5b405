"""Seeded requests that are no proper ones, or hardly: lines, headers, framing, paths and pipelines."""

from random import Random

from tests.fuzz.case import Case

HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /2010-04-01/Accounts.json HTTP/1.1\r\n" + HOST
BODY_BYTES = 2_000_000
LINES = (
    *(
        b"nonsense",
        b"GET",
        b"GET /",
        b"GET / HTTP/9.9",
        b"GET / HTTP/1",
        b"GET / HTTP/x.y",
        b"GET / FTP/1.1",
        b"\x00\x01",
    ),
    *(
        b"GET  / HTTP/1.1",
        b"GET / / HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01",
        b"G\x00T / HTTP/1.1",
        b"\xff\xfe / HTTP/1.1",
    ),
    *(
        b"GET / HTTP/1.1.1",
        b"GET / HTTP/0.9",
        b"PRI * HTTP/2.0",
        b" GET / HTTP/1.1",
        b"GET\t/\tHTTP/1.1",
        b"GET / HTTP/-1.1",
    ),
    b"GET / HTTP/" + b"1" * 20 + b".1",
)
HEADERS = (
    *(
        b"no colon",
        b": no name",
        b"a b: c",
        b"\x00: \x00",
        b"\xff: \xfe",
        b" folded: x",
        b"Host: evil",
        b"Host: [",
        b"X:",
    ),
    *(b"Host: 127.0.0.1:99999", b"Host: 127.0.0.1:x", b"Host: 127.0.0.1/\xff", b"Connection: \xff", b"Upgrade: h2c"),
    *(b"X: " + b"x" * 60_000, b"X: " + b"x" * 70_000, b"\r\n".join([b"a: b"] * 120), b"Expect: 100-continue"),
)
FRAMINGS = (
    *(
        (b"Content-Length: %s" % text, 400)
        for text in (b"abc", b"-1", b"+3", b"3, 3", b"0x3", b"1_0", b"3.0", b"9" * 30)
    ),
    *((b"Content-Length: 3\r\n%s" % text, 400) for text in (b"Content-Length: 3", b"Transfer-Encoding: chunked")),
    (b"Transfer-Encoding: chunked", 411),
    (b"Content-Length: 3\r\nContent-Encoding: gzip", 415),
    (b"Content-Length: 99999999", 413),
)
PATHS = (
    *(
        b"//",
        b"//evil.example/..",
        b"/../../etc/passwd",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"/%00",
        b"/a;b=c",
        b"/%",
        b"/%zz",
    ),
    *(
        b"/2010-04-01//Accounts.json",
        b"/2010-04-01/./Accounts.json",
        b"/2010-04-01/Accounts.json/",
        b"/2010-04-01/Accounts",
        b"/2010-04-01/Accounts.csv",
        b"/2010-04-01/Accounts/%00\xff%ED%A0%80",
        b"*",
        b"",
        b"a",
        b"/\\",
    ),
    *(
        b"http://127.0.0.1/x",
        b"http://evil.example/x",
        b"http://[",
        b"http://a@b:c/",
        b"127.0.0.1:80",
        b"/\xff\xfe",
        b"/%ff",
    ),
    *(b"/" + b"x" * 60_000, b"/" + b"x" * 70_000, b"/a" * 5_000, b"/?" + b"a&" * 5_000, b"/#x", b"/<script>", b"?a=b"),
    *(
        b"/media//x/y",
        b"/v2/PhoneNumbers//",
        b"/v2/PhoneNumbers/%2F",
        b"/v2//PhoneNumbers/+1",
        b"/%0d%0aX:%20y",
        b"///x",
    ),
)
METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"OPTIONS", b"DELETE", b"CONNECT", b"get")


def raw(chance: Random) -> Case:
    """Return bytes that no client should send."""
    kind = chance.random()
    if kind < 0.01:
        return large_body()
    makers = (_line, _header, _framing, _path, _path, _pipeline, _cut, _flipped)
    return chance.choice(makers)(chance)


def large_body() -> Case:
    """Return two megabytes, which are too much."""
    return Case(POST + b"Content-Length: %d\r\n\r\n" % BODY_BYTES + b"x" * BODY_BYTES, 413)


def _line(chance: Random) -> Case:
    return Case(chance.choice(LINES) + b"\r\n" + HOST + b"\r\n", may_be_silent=True)


def _header(chance: Random) -> Case:
    headers = [chance.choice(HEADERS) for _ in range(chance.randrange(1, 4))]
    return Case(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n".join(headers) + b"\r\n\r\n")


def _framing(chance: Random) -> Case:
    lines, status = chance.choice(FRAMINGS)
    method = chance.choice((b"POST", b"GET", b"HEAD", b"PUT"))
    return Case(method + b" / HTTP/1.1\r\n" + HOST + lines + b"\r\n\r\nabc", status, is_head=method == b"HEAD")


def _path(chance: Random) -> Case:
    method = chance.choice(METHODS)
    path = chance.choice(PATHS) + chance.choice((b"", b"", b"?a=%ff", b"/..", b"%2e%2e"))
    return Case(method + b" " + path + b" HTTP/1.1\r\n" + HOST + b"\r\n", is_head=method == b"HEAD")


def _pipeline(chance: Random) -> Case:
    one = b"GET /1 HTTP/1.1\r\n" + HOST + b"\r\n"
    two = POST + b"Content-Length: 3\r\n\r\nabc"
    return Case(b"".join(chance.choice((one, two)) for _ in range(chance.randrange(2, 6))))


def _cut(chance: Random) -> Case:
    whole = POST + b"Content-Length: 10\r\n\r\n0123456789"
    return Case(whole[: chance.randrange(len(whole))], may_be_silent=True)


def _flipped(chance: Random) -> Case:
    """Return a good request in which some bytes are not what they were."""
    data = bytearray(POST + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b")
    for _ in range(chance.randrange(1, 5)):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    return Case(bytes(data), may_be_silent=True)
