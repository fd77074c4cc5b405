"""Answers to a Digest challenge: RFC 7616 with MD5 and SHA-256, RFC 2069 where a server asks for no `qop`."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Hash = Callable[[str], str]


def _md5(text: str) -> str:
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


HASHES: Mapping[str, Hash] = MappingProxyType({"MD5": _md5, "SHA-256": _sha256})
_SESSION = "-SESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it is digested."""

    method: str
    target: str  # what stands in the request line
    client_nonce: str


def is_answerable(parameters: Mapping[str, str]) -> bool:
    """Whether a challenge has what is needed, a known algorithm, and a kind of protection that needs no body."""
    protections = _protections(parameters)
    return (
        "realm" in parameters
        and "nonce" in parameters
        and _algorithm(parameters).removesuffix(_SESSION) in HASHES
        and (not protections or "auth" in protections)
    )


def digest_answer(parameters: Mapping[str, str], user: str, password: str, asked: Asked) -> str:
    """Return the value of ``Authorization`` that answers a challenge with these *parameters*."""
    algorithm = _algorithm(parameters)
    digest = HASHES[algorithm.removesuffix(_SESSION)]
    nonce = parameters["nonce"]
    secret = digest(f"{user}:{parameters['realm']}:{password}")
    if algorithm.endswith(_SESSION):
        secret = digest(f"{secret}:{nonce}:{asked.client_nonce}")
    protection = f":00000001:{asked.client_nonce}:auth" if _protections(parameters) else ""
    response = digest(f"{secret}:{nonce}{protection}:{digest(f'{asked.method}:{asked.target}')}")
    return "Digest " + ", ".join(_fields(parameters, user, response, asked))


def _fields(parameters: Mapping[str, str], user: str, response: str, asked: Asked) -> list[str]:
    quoted = {"username": user, "realm": parameters["realm"], "nonce": parameters["nonce"], "uri": asked.target}
    fields = [f"{name}={_quoted(value)}" for name, value in quoted.items()] + [f'response="{response}"']
    if "algorithm" in parameters:
        fields.append(f"algorithm={parameters['algorithm']}")
    if "opaque" in parameters:
        fields.append(f"opaque={_quoted(parameters['opaque'])}")
    if _protections(parameters) or _algorithm(parameters).endswith(_SESSION):
        fields.append(f'cnonce="{asked.client_nonce}"')
    if _protections(parameters):
        fields += ["qop=auth", "nc=00000001"]
    return fields


def _algorithm(parameters: Mapping[str, str]) -> str:
    return parameters.get("algorithm", "MD5").upper()


def _protections(parameters: Mapping[str, str]) -> set[str]:
    return {word.strip().lower() for word in parameters.get("qop", "").split(",")} - {""}


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
