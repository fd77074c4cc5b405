"""What a server asks for with ``WWW-Authenticate``, and the answer with the user and password of a URL.

Source: Twilio, "Webhooks security": with credentials in the URL it first asks without, and answers a Basic or a Digest
challenge. Inferred: of several it answers a Digest before Basic, and SHA-256 before MD5. RFC 9110, section 11.6.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from fake_twilio.domain.webhooks.digest import Asked, digest_answer, is_answerable

MAX_CHARACTERS = 4096
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a word of the grammar, no secret  # nosec B105
_ITEM = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*")+')
_PARAMETER = re.compile(rf"({_TOKEN})\s*=\s*(.*)", re.DOTALL)
_SCHEME = re.compile(rf"({_TOKEN})(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, as a URL names them."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenge:
    """One way in that a server offers: its scheme in small letters, and the parameters."""

    scheme: str
    parameters: Mapping[str, str]


def credentials_of(url: str) -> Credentials | None:
    """Return the user and password that stand in *url*, if there are any."""
    try:
        userinfo, at, _ = urlsplit(url.partition("#")[0]).netloc.rpartition("@")
    except ValueError:
        return None
    user, _, password = userinfo.partition(":")
    return Credentials(unquote(user), unquote(password)) if at else None


def answer_to(header: str, credentials: Credentials, asked: Asked) -> str | None:
    """Return the value of ``Authorization`` for the best challenge of *header*, ``None`` if none can be answered.

    What is not ASCII goes out as UTF-8, each byte a character of the value, as a header is written.
    """
    offered = [challenge for challenge in read_challenges(header) if _rank(challenge)]
    if not offered:
        return None
    best = max(offered, key=_rank)
    if best.scheme == "digest":
        answer = digest_answer(best.parameters, credentials.user, credentials.password, asked)
        return answer.encode("utf-8", "surrogatepass").decode("latin-1")
    return "Basic " + b64encode(f"{credentials.user}:{credentials.password}".encode("utf-8", "surrogatepass")).decode()


def _rank(challenge: Challenge) -> int:
    """Return how good a way in is, 0 if it is none."""
    if challenge.scheme == "basic":
        return 1
    if challenge.scheme != "digest" or not is_answerable(challenge.parameters):
        return 0
    return 3 if challenge.parameters.get("algorithm", "").upper().startswith("SHA") else 2


def read_challenges(header: str) -> tuple[Challenge, ...]:
    """Read the value of ``WWW-Authenticate``, which may hold several challenges; what is none is passed over."""
    found: list[tuple[str, dict[str, str]]] = []
    for item in _ITEM.findall(header[:MAX_CHARACTERS]):
        text = item.strip()
        if not _PARAMETER.fullmatch(text) and (scheme := _SCHEME.fullmatch(text)):
            found.append((scheme[1].lower(), {}))
            text = scheme[2] or ""
        if found and (parameter := _PARAMETER.fullmatch(text)):
            found[-1][1][parameter[1].lower()] = _plain(parameter[2])
    return tuple(Challenge(scheme, parameters) for scheme, parameters in found)


def _plain(value: str) -> str:
    text = value.strip()
    if len(text) < 2 or not (text.startswith('"') and text.endswith('"')):
        return text
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
