"""The faults that can be turned up and down."""

from flask import Response

from fake_twilio.admin import answers
from fake_twilio.admin.bodies import FaultBody
from fake_twilio.admin.control import Control
from fake_twilio.admin.door import Problem, answer, read_body
from fake_twilio.admin.show import show_fault
from fake_twilio.domain.rules.dials import DIALS


class FaultsApi:
    """The views; each acts on the world of the moment."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def faults(self) -> Response:
        """Answer which faults there are, and how far each is turned up."""
        shares = dict(self._control.faults)
        told: answers.Faults = {"faults": [show_fault(dial, shares.get(dial.name, 0.0)) for dial in DIALS]}
        return answer(told)

    def turn_fault(self) -> Response:
        """Turn one fault up or down, or all of them off; answer how far each is turned up then."""
        body = read_body(FaultBody)
        if body.fault is None or body.share is None:
            self._control.faults.clear()
        else:
            self._turn(body.fault, body.share)
        return self.faults()

    def _turn(self, fault: str, share: float) -> None:
        try:
            self._control.faults[fault] = share
        except ValueError as error:
            raise Problem(400, f"fault: {error}") from None
