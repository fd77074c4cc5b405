"""Which parameters may have been signed, where an app holds others."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from urllib.parse import parse_qsl

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.workbench.guess import Difference
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading
from fake_twilio.domain.webhooks.workbench.value_guesses import RULES, TRIMMED, Rule

MOST_TAKEN_APART = 30  # parameters of which each is looked at by itself
MOST_FIELDS = 200  # of a form that is guessed at: Twilio's have a tenth
MOST_NAMED = 4  # parameters, before they are called all values
Changed = Iterator[tuple[Difference, Form]]

# Twilio, "TwiML for Programmable SMS": what comes with a message, and is blank where nothing is known.
BLANKS = (
    "Body",
    *(f"{end}{part}" for end in ("To", "From") for part in ("City", "State", "Zip", "Country")),
)
# What follows from another parameter, or hardly ever is anything else.
IMPLIED: Mapping[str, Callable[[dict[str, str]], str | None]] = MappingProxyType(
    {
        "MessageSid": lambda held: held.get("SmsSid"),
        "SmsSid": lambda held: held.get("MessageSid"),
        "SmsMessageSid": lambda held: held.get("MessageSid"),
        "MessageStatus": lambda held: held.get("SmsStatus"),
        "SmsStatus": lambda held: held.get("MessageStatus", "received"),
        "ApiVersion": lambda _held: "2010-04-01",
        "NumMedia": lambda _held: "0",
        "NumSegments": lambda _held: "1",
    }
)


def whole_guesses(form: Form) -> Changed:
    """Yield what *form* may have been if one thing holds for all of it."""
    if len(form) > MOST_FIELDS:
        return
    for rule in RULES:
        yield _of_all(rule, form)
    yield (
        Difference("names and values decoded", "what was pasted is still form-encoded"),
        tuple(parse_qsl("&".join(f"{name}={value}" for name, value in form), keep_blank_values=True)),
    )
    blank = Difference("no blank parameters", "something on the way added them")
    yield blank, tuple((name, value) for name, value in form if value)


def single_guesses(form: Form) -> Changed:
    """Yield what *form* may have been if one thing holds for one parameter, or for the blank ones."""
    if len(form) > MOST_FIELDS:
        return
    yield from _lost(form)
    yield from _blanks(form)
    yield from lessened_guesses(form)
    for rule in (*TRIMMED, *RULES):
        yield from _by_parameter(rule, form)


def lessened_guesses(form: Form) -> Changed:
    """Yield *form* without one of its parameters."""
    for place, (name, _) in enumerate(form[:MOST_TAKEN_APART] if len(form) <= MOST_FIELDS else ()):
        difference = Difference(f"no parameter {name}", "something between Twilio and the signature added it")
        yield difference, form[:place] + form[place + 1 :]


def reread_guesses(pasted: Pasted) -> Changed:
    """Yield the parameters as they are if the text is read in another way."""
    if pasted.reading is Reading.FORM:
        pairs = [part.partition("=") for part in pasted.text.split("&")]
        why = "it was taken for a form-encoded body"
        yield Difference("the text as it stands, not decoded", why), tuple((name, value) for name, _, value in pairs)
        latin = tuple(parse_qsl(pasted.text, keep_blank_values=True, encoding="latin-1"))
        yield Difference("the escapes read as latin-1", "whoever wrote them did not write UTF-8"), latin


def _of_all(rule: Rule, form: Form) -> tuple[Difference, Form]:
    """Return *form* by a rule for all its values, and what is different: those that have changed, unless all have."""
    undone = tuple((name, rule.undo(value)) for name, value in form)
    names = dict.fromkeys(before[0] for before, after in zip(form, undone, strict=True) if before != after)
    return rule.of(", ".join(names)) if 0 < len(names) <= MOST_NAMED else rule.of_all(), undone


def _by_parameter(rule: Rule, form: Form) -> Changed:
    for place, (name, value) in enumerate(form[:MOST_TAKEN_APART]):
        yield rule.of(name), (*form[:place], (name, rule.undo(value)), *form[place + 1 :])


def _lost(form: Form) -> Changed:
    held = dict(form)
    for name, value_of in IMPLIED.items():
        value = value_of(held)
        if form and name not in held and value is not None:
            yield Difference(f"the parameter {name}={value}", "the app lost it"), (*form, (name, value))


def _blanks(form: Form) -> Changed:
    """Yield *form* with blank parameters that a framework may have dropped: one, two, those of an end, or all."""
    held = dict(form)
    missing = [name for name in BLANKS if name not in held] if "From" in held else []
    ends = [[name for name in missing if name.startswith(end)] for end in ("To", "From")]
    places = [name for end in ends for name in end]
    for names in (*combinations(missing, 1), *combinations(missing, 2), *ends, places, missing):
        if names:
            what = f"{', '.join(names)} with nothing in {'it' if len(names) == 1 else 'them'}"
            why = "the app drops blank parameters; Twilio sends and signs them"
            yield Difference(what, why), (*form, *((name, "") for name in names))
