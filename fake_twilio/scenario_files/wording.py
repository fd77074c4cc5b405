"""What is wrong with a scenario file, in our words, and with the key that may have been meant."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from fake_twilio.scenario_files.accounts import AccountPart, KeyPart
from fake_twilio.scenario_files.applications import ApplicationPart
from fake_twilio.scenario_files.assembled import OF_EACH_FILE
from fake_twilio.scenario_files.callbacks import ArrivalPart, CallbacksPart, DuplicatePart, LatePart, TrickPart
from fake_twilio.scenario_files.conditions import WhenPart
from fake_twilio.scenario_files.contents import ContentPart
from fake_twilio.scenario_files.grammar import PhasePart, RulePart, ScenarioPart
from fake_twilio.scenario_files.limits import LimitsPart, SenderPart
from fake_twilio.scenario_files.lookups import LookupPart
from fake_twilio.scenario_files.outcomes import (
    FaultPart,
    RefusePart,
    ReplyPart,
    StepPart,
    ThenPart,
    WeightedPart,
)
from fake_twilio.scenario_files.people import InboundPart, OptOutPart, PersonaPart
from fake_twilio.scenario_files.services import ServicePart

_HINTS = {("defaults",): ": what happens to all other messages; most often it is taken over by include: delivered"}
_EXAMPLES = {
    ("inbound",): ', such as {url: "http://127.0.0.1:5000/sms"}',
    ("defaults",): ", such as {timeline: [{status: delivered, after: 1s}]}",
}
MAX_COMPARED = 64  # characters of a word that is compared with those that there are


def wanted(entry: Any) -> str:
    """Say what was wanted where pydantic found the problem *entry*."""
    match entry["type"]:
        case "missing":
            return f"this key is missing{_HINTS.get(entry['loc'], '')}"
        case "extra_forbidden":
            return _unknown_key(str(entry["loc"][-1]), entry["loc"])
        case "enum" | "literal_error":
            what = "a status:" if entry["loc"][-1] == "status" else "one of"
            return f"wanted {what} {entry['ctx']['expected']}"
        case "value_error":
            return str(entry["ctx"]["error"])
        case "string_type":
            return "wanted a text"
        case "tuple_type":
            return "wanted a list"
        case "model_type" | "model_attributes_type":
            return f"wanted keys and values{_EXAMPLES.get(entry['loc'], '')}"
    return str(entry["msg"])


def _unknown_key(name: str, path: tuple[str | int, ...]) -> str:
    known = known_keys(path)
    close = get_close_matches(name[:MAX_COMPARED], known, n=1)
    return f"no such key; did you mean {close[0]}?" if close else f"no such key; here may stand {', '.join(known)}"


def known_keys(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand where *path* leads."""
    names = [part for part in path[:-1] if isinstance(part, str)]
    part: type[BaseModel] = _PARTS.get(names[-1] if names else "", ScenarioPart)
    here = [*OF_EACH_FILE] if part is ScenarioPart else []
    return here + [field.alias or name for name, field in part.model_fields.items()]


_PARTS: dict[str, type[BaseModel]] = {
    "rules": RulePart,
    "lookups": LookupPart,
    "services": ServicePart,
    "contents": ContentPart,
    "applications": ApplicationPart,
    "accounts": AccountPart,
    "keys": KeyPart,
    "limits": LimitsPart,
    "senders": SenderPart,
    "inbound": InboundPart,
    "opt_outs": OptOutPart,
    "personas": PersonaPart,
    "phases": PhasePart,
    "when": WhenPart,
    "then": ThenPart,
    "defaults": ThenPart,
    "outcomes": WeightedPart,
    "timeline": StepPart,
    "refuse": RefusePart,
    "fault": FaultPart,
    "callbacks": CallbacksPart,
    "order": ArrivalPart,
    "duplicate": DuplicatePart,
    "late": LatePart,
    "drop": TrickPart,
    "regress": TrickPart,
    "bad_signature": TrickPart,
    "extra_parameters": TrickPart,
    "missing_optional": TrickPart,
    "reply": ReplyPart,
}
