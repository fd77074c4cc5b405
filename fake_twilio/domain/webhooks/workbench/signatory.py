"""Whoever may have signed: named, and never shown."""

from typing import NamedTuple

from fake_twilio.domain.webhooks.signer import Signer
from fake_twilio.domain.webhooks.workbench.guess import Difference


class Signatory(NamedTuple):
    """A *signer* by a *name* that may be shown, and *why* somebody would sign with it in place of the right one."""

    name: str
    signer: Signer
    why: str = ""

    def in_place_of(self, right: "Signatory") -> Difference:
        """Return what is different if this one has signed."""
        return Difference(f"{self.name}, in place of {right.name}", self.why)
