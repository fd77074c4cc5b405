"""Parameters that stand in the URL at one end, and in the body at the other.

With GET they are in the query, a JSON body has its hash there, and some frameworks throw the query and the form
together.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signature import signed_string, with_body_hash
from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.form_guesses import MOST_FIELDS, MOST_TAKEN_APART
from fake_twilio.domain.webhooks.workbench.guess import Difference
from fake_twilio.domain.webhooks.workbench.json_bodies import bodies
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading

Rearranged = Iterator[tuple[Difference, str, str]]  # what is different, the URL, and what stands behind it


def rearranged(url: str, pasted: Pasted) -> Rearranged:
    """Yield what was signed if parameters stand elsewhere there."""
    address = Address.find(url)
    if address is None or len(pasted.form) > MOST_FIELDS:
        return
    if pasted.form:
        yield from _as_get(address, pasted)
        yield from _from_query(address, pasted.form)
        yield from _to_query(address, pasted.form)
    if pasted.reading in (Reading.OBJECT, Reading.BODY):
        yield from _with_hash(url, pasted.text)


def _as_get(address: Address, pasted: Pasted) -> Rearranged:
    text = pasted.text if pasted.reading is Reading.FORM else urlencode(pasted.form, errors="replace")
    why = "the request was a GET, whose parameters are signed with the URL"
    yield Difference("the parameters in the query", why), _asking(address, text), ""


def _from_query(address: Address, form: Form) -> Rearranged:
    """Yield what is signed if the query is a part of the parameters, or if it is not while they have it too."""
    pairs = tuple(parse_qsl(address.query or "", keep_blank_values=True))
    if not pairs:
        return
    bare = address._replace(query=None).write()
    why = "the app was asked with a query, but Twilio sent a form"
    yield Difference("the query as parameters", why), bare, signed_string("", form + pairs)
    left = tuple(pair for pair in form if pair not in pairs)
    why = "the app throws the query and the form together; the query is in the URL already"
    yield Difference("no parameters that stand in the query too", why), address.write(), signed_string("", left)


def _to_query(address: Address, form: Form) -> Rearranged:
    """Yield what is signed if one of the parameters stands in the query instead."""
    why = "the app throws the query and the form together, and the URL was taken down without its query"
    for place, pair in enumerate(form[:MOST_TAKEN_APART]):
        what = f"{pair[0]} in the query, not among the parameters"
        left = form[:place] + form[place + 1 :]
        yield Difference(what, why), _asking(address, urlencode([pair], errors="replace")), signed_string("", left)


def _with_hash(url: str, text: str) -> Rearranged:
    why = "Twilio signs a JSON body by its hash in the URL; the URL was taken down without it"
    for body in bodies(text):
        try:
            hashed = with_body_hash(url, body.text.encode("utf-8", "surrogatepass"))
        except ValueError:  # it has a hash
            return
        what = ", and ".join(["the URL with the bodySHA256 of the body", *(one.what for one in body.differences)])
        yield Difference(what, why), hashed, ""


def _asking(address: Address, query: str) -> str:
    return address._replace(query=f"{address.query}&{query}" if address.query else query).write()
