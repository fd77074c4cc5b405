"""Whether a signature belongs to a request, and if not, what would make it so."""

from collections.abc import Sequence
from typing import NamedTuple

from fake_twilio.domain.webhooks.workbench.address_guesses import address_guesses
from fake_twilio.domain.webhooks.workbench.forwarded import Forwarded
from fake_twilio.domain.webhooks.workbench.guess import Difference, Guess
from fake_twilio.domain.webhooks.workbench.json_bodies import body_of, hash_in
from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading, read_parameters
from fake_twilio.domain.webhooks.workbench.rearranged import rearranged
from fake_twilio.domain.webhooks.workbench.search import Found, Space, search
from fake_twilio.domain.webhooks.workbench.signatory import Signatory
from fake_twilio.domain.webhooks.workbench.signature_readings import oddity, signature_readings
from fake_twilio.domain.webhooks.workbench.tail_guesses import tail_guesses


class Request(NamedTuple):
    """A request as an app saw it: *headers* may be those that a proxy has added."""

    method: str
    url: str
    parameters: str
    signature: str
    headers: str = ""

    def read(self) -> Pasted:
        """Return its parameters."""
        return read_parameters(self.parameters, is_hashed=hash_in(self.url) is not None)


class Verdict(NamedTuple):
    """What can be said of a request's signature."""

    text: str  # that is signed for the request as it is given
    signature: str  # that belongs to it
    signatory: Signatory  # whose signature that is
    found: Found  # of what the signature that was given is one
    body: Guess | None  # a JSON body that has the hash in the URL; ``None`` if the one that was given is far from it
    is_body_asked: bool  # whether there is a hash that a body must have
    oddity: str  # what is strange about the signature itself

    @property
    def is_match(self) -> bool:
        """Whether Twilio's validators would take the request as it is given."""
        return self.found.match is not None and not self.differences and self.is_body_right

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What would have to be different for a match, as far as it was found out."""
        body = self.body.differences if self.body is not None else ()
        return (*(self.found.match.differences if self.found.match else ()), *body)

    @property
    def is_body_right(self) -> bool:
        """Whether no body is asked for, or the one that was given is it."""
        return not self.is_body_asked or (self.body is not None and not self.body.differences)


def judge(request: Request, signatories: Sequence[Signatory]) -> Verdict:
    """Say whether the signature of *request* is that of the first of *signatories*, and if not, what it is of.

    The others are those who may have signed in its place.
    """
    pasted, digest = request.read(), hash_in(request.url)
    is_body_asked = digest is not None and pasted.reading is Reading.BODY
    tails = tail_guesses(pasted, request.method)
    urls = address_guesses(request.url, Forwarded.parse(request.headers))
    space = Space(urls, tails, list(rearranged(request.url, pasted)), signatories)
    text = request.url + tails[0].text
    return Verdict(
        text=text,
        signature=signatories[0].signer.sign(text),
        signatory=signatories[0],
        found=search(space, signature_readings(request.signature)) if request.signature.strip() else NOT_ASKED,
        body=body_of(digest, pasted.text) if digest is not None and is_body_asked else None,
        is_body_asked=is_body_asked,
        oddity=oddity(request.signature),
    )


NOT_ASKED = Found(None, 0, is_complete=True)
