"""The run as a whole: health, reset, scenario, clock."""

from collections import Counter
from collections.abc import Iterable

from flask import Response

from fake_twilio.admin import answers
from fake_twilio.admin.bodies import ClockBody, ResetBody, ScenarioBody
from fake_twilio.admin.control import Control
from fake_twilio.admin.door import Problem, answer, read_body
from fake_twilio.admin.show import moment, show_event, show_scenario
from fake_twilio.domain.messages.message import Event
from fake_twilio.scenario_files.load import load_named, parse_posted
from fake_twilio.scenario_files.problems import ScenarioError
from fake_twilio.timing.timekeeper import TimeError


class RunApi:
    """The views; each acts on the world of the moment."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def health(self) -> Response:
        """Answer that it runs, what it plays, and how much of everything there is."""
        control = self._control
        statuses = Counter(str(message.status) for message in control.messages)
        health: answers.Health = {
            "status": "ok",
            "account_sid": control.account_sid,
            "scenario": control.scenario.name,
            "seed": control.seed,
            "now": moment(control.now),
            "messages": dict(sorted(statuses.items())),
            "evicted": control.evicted,
            "webhooks": {"ended": len(control.callbacks), "pending": len(control.pending)},
            "unknown_routes": dict(control.unknown_routes),
        }
        return answer(health)

    def reset(self) -> Response:
        """Begin anew, or forget some of the past; answer how many messages were forgotten."""
        body = read_body(ResetBody)
        if body.scope != "all":
            return _forgotten(self._control.forget(account_sid=body.account_sid, number=body.number))
        count = len(self._control.messages)
        self._control.restart(body.seed)
        return _forgotten(count)

    def scenario(self) -> Response:
        """Answer which scenario decides."""
        return answer(show_scenario(self._control.scenario))

    def use_scenario(self) -> Response:
        """Let another scenario decide from now on; what is there stays."""
        body = read_body(ScenarioBody)
        try:
            chosen = parse_posted(body.yaml) if body.yaml is not None else load_named(body.name or "")
        except ScenarioError as error:
            raise Problem(400, *error.problems) from None
        self._control.use(chosen)
        return answer(show_scenario(chosen))

    def clock(self) -> Response:
        """Answer what time it is, and how it passes."""
        return self._time(())

    def move_clock(self) -> Response:
        """Move a manual clock, or freeze, thaw or pace another; answer what happened, after its webhooks have ended."""
        body = read_body(ClockBody)
        try:
            return self._time(self._changed(body))
        except TimeError as error:
            raise Problem(409, str(error)) from None
        except (ValueError, OverflowError) as error:
            raise Problem(400, str(error)) from None

    def _changed(self, body: ClockBody) -> list[Event]:
        control = self._control
        if body.advance is not None:
            return control.advance(body.advance)
        if body.to is not None:
            return control.advance(body.to.timestamp() - control.now)
        if body.settle is not None:
            return control.settle(body.settle)
        if body.speed is not None:
            control.set_speed(body.speed)
        elif body.is_frozen:
            control.freeze()
        else:
            control.thaw()
        return []

    def _time(self, events: Iterable[Event]) -> Response:
        clock: answers.Clock = {
            "kind": self._control.clock_kind,
            "now": moment(self._control.now),
            "events": [show_event(event) for event in events],
        }
        return answer(clock)


def _forgotten(count: int) -> Response:
    told: answers.Reset = {"forgotten": count}
    return answer(told)
