"""What stands in a cassette in the place of numbers, texts, SIDs and addresses.

A stand-in is named by the order in which what it stands for appeared: the same thing has the same one throughout a
cassette, and there is no key and no hash, so nothing can be undone by trying all numbers. They are well-formed: a
number still is one in E.164 form, a SID is a SID of the same kind. Of a number the last two digits stay, as they do in
the log (`RedactLevel.PARTIAL`), so that a replay in any order can tell recipients apart.
"""

import re
from collections.abc import Mapping
from itertools import count
from urllib.parse import parse_qsl, quote, unquote, urlencode

from twilio_sms.domain.form import Form
from twilio_sms.simulation.cassette import Answer, Asked, JsonValue
from twilio_sms.simulation.cassette_fields import EMBEDDED_NUMBER, EMBEDDED_SID, TOLD, Kind, kind_of

KEPT_HEADERS = ("retry-after", "twilio-request-id")
NO_JSON = "what came was no JSON, and is not kept"
DAMAGED = "the answer was not whole"
_LEAST_QUOTED = 4  # a text of fewer characters stands in any other by chance
_SAFE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_<>]{0,63}", re.ASCII)
# A version or a word: whatever else has digits may be a number of somebody, such as 1800FLOWERS.
_SAFE_SEGMENT = re.compile(r"(?:v[0-9]{1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Za-z_\-]{0,40})(?:\.json)?", re.ASCII)
# As people write one, with spaces, points and brackets: Twilio quotes what it was given, or writes it in its own way.
_WRITTEN_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\+|%2[Bb])?\(?[0-9](?:[ ().\-]{0,2}[0-9]){6,}", re.ASCII)
_A_NUMBER = "(a number)"
_LARGEST_COUNT = 10**6  # what is larger may be a number of somebody


class StandIns:
    """The stand-ins of one cassette, in the order of appearance; belongs to who holds its lock."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._counts: dict[str, count[int]] = {}

    def asked(self, asked: Asked) -> Asked:
        """Return a request as it may be written."""
        return Asked(asked.method, self._path(asked.path), self._form(asked.form))

    def answer(self, answer: Answer) -> Answer:
        """Return an answer as it may be written."""
        body = self._tree("", answer.body) if isinstance(answer.body, dict | list) else _no_json(answer.body)
        damage = DAMAGED if answer.damage else None
        return Answer(answer.status, body, self._headers(answer.headers), damage)

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        kept = {name: headers[name] for name in KEPT_HEADERS if name in headers}
        return {
            name: value if name == "retry-after" and len(value) < 40 else self._of(name, value)
            for name, value in kept.items()
        }

    def _form(self, form: Form) -> Form:
        return tuple((name, self._of(name, value)) for name, value in form)

    def _tree(self, name: str, value: JsonValue) -> JsonValue:
        if isinstance(value, dict):
            return {self._key(key): self._tree(key, each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._tree(name, each) for each in value]
        if isinstance(value, str):
            return self._told(value) if name in TOLD else self._of(name, value)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > _LARGEST_COUNT:
            return 0
        return value

    def _key(self, key: str) -> str:
        return key if _SAFE_KEY.fullmatch(key) else self._named(Kind.TEXT, key)

    def _of(self, name: str, value: str) -> str:
        kind = kind_of(name, value)
        if kind is Kind.KEPT:
            return value
        return self._path(value) if kind is Kind.PATH else self._named(kind, value)

    def _path(self, path: str) -> str:
        """Return a path with its SIDs and numbers replaced, and its query too."""
        place, mark, query = path.partition("?")
        segments = "/".join(self._segment(segment) for segment in place.split("/"))
        pairs = parse_qsl(query, keep_blank_values=True)
        return segments + mark + urlencode([(self._key(name), self._of(name, value)) for name, value in pairs])

    def _segment(self, segment: str) -> str:
        stem, dot, ending = segment.partition(".json")
        kind = kind_of("", unquote(stem))
        if kind in (Kind.SID, Kind.NUMBER):
            return quote(self._named(kind, unquote(stem)), safe="+") + dot + ending
        return segment if _SAFE_SEGMENT.fullmatch(segment) else quote(self._named(Kind.TEXT, segment))

    def _told(self, text: str) -> str:
        """Return Twilio's own words with whatever they quote replaced."""
        for original in sorted((each for each in self._given if len(each) >= _LEAST_QUOTED), key=len, reverse=True):
            text = text.replace(original, self._given[original])
        text = EMBEDDED_SID.sub(lambda found: self._once(Kind.SID, found[0]), text)
        text = EMBEDDED_NUMBER.sub(lambda found: self._once(Kind.NUMBER, found[0]), text)
        known = "|".join(re.escape(each) for each in self._given.values())
        pieces = re.split(f"({known})", text) if known else [text]  # every second one is a stand-in
        return "".join(
            piece if place % 2 else _WRITTEN_NUMBER.sub(_A_NUMBER, piece) for place, piece in enumerate(pieces)
        )

    def _once(self, kind: Kind, found: str) -> str:
        """Return the stand-in of *found*, unless it is one already."""
        return found if found in self._given.values() else self._named(kind, found.replace("%2B", "+"))

    def _named(self, kind: Kind, original: str) -> str:
        if original not in self._given:
            self._given[original] = self._new(kind, original)
        return self._given[original]

    def _new(self, kind: Kind, original: str) -> str:
        key = f"{kind.value} {original[:2]}" if kind is Kind.SID else kind.value
        number = next(self._counts.setdefault(key, count(1)))
        match kind:
            case Kind.SID:
                return f"{original[:2]}{number:032x}"
            case Kind.NUMBER:
                return f"+1555{20_000 + number}{original[-2:]}"  # no exchange begins with 0 or 1
            case Kind.SHORT_CODE:
                return str(10 ** (len(original) - 1) + number)
            case Kind.NAME:
                return f"SENDER{number}"
            case Kind.ADDRESS:
                return f"https://example.com/{number}"
        return f"Text {number}"


def _no_json(body: JsonValue) -> JsonValue:
    return None if body is None else NO_JSON
