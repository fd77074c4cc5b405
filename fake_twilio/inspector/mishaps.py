"""What the scenario let go wrong with a message, in words."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.fate.faults import Break
from fake_twilio.inspector.happening import Happening
from fake_twilio.records.incidents import Incident

WORDS: Mapping[str, str] = MappingProxyType(
    {
        Break.RESET: "the connection was reset, and the answer to the request was lost",
        Break.CLOSE: "the connection was closed, and the answer to the request was lost",
        Break.HANG: "the answer to the request never came",
        Break.HALF_BODY: "half of the answer to the request came",
        Break.GARBAGE: "what came as the answer to the request was no HTTP",
        Break.WRONG_LENGTH: "the answer to the request was shorter than it said",
        Break.MALFORMED_JSON: "the answer to the request was no JSON",
        Break.HTML: "a page of HTML came as the answer to the request",
        "slow": "the answer to the request came slowly",
        Mischief.SHUFFLED: "the order of the callbacks was shuffled",
        Mischief.REVERSED: "the order of the callbacks was reversed",
        Mischief.ORDERED: "a callback came in the order that the scenario gives",
        Mischief.DUPLICATE: "a callback was sent more than once",
        Mischief.DROP: "a callback was dropped",
        Mischief.LATE: "a callback was held back",
        Mischief.BEFORE_RESPONSE: "a callback came before the answer to the request",
        Mischief.REGRESS: "an earlier callback was sent again after the last one",
        Mischief.BAD_SIGNATURE: "a callback was signed wrongly",
        Mischief.EXTRA_PARAMETERS: "a callback had parameters that are new",
        Mischief.MISSING_OPTIONAL: "a callback lacked parameters that are not always sent",
    }
)


def mishaps_of(message_sid: str, incidents: Iterable[Incident]) -> Iterator[Happening]:
    """Yield what was done to a message on purpose."""
    for incident in incidents:
        if incident.message_sid == message_sid:
            yield Happening(incident.at, "mishap", WORDS[incident.what], "on purpose")
