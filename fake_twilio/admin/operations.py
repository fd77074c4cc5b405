"""What the admin API offers, as a table: the routes are made of it, and so is its OpenAPI document."""

from dataclasses import dataclass
from typing import Any

from fake_twilio.admin import answers
from fake_twilio.admin.bodies import (
    Body,
    ClockBody,
    FaultBody,
    OptOutBody,
    ReceiveBody,
    ReplayBody,
    ResetBody,
    ScenarioBody,
)

PREFIX = "/_fake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked or changed; *name* is the view that answers it."""

    method: str
    path: str  # below the prefix, with {places}
    name: str
    answer: Any
    body: type[Body] | None = None
    query: tuple[str, ...] = ()
    status: int = 200


OPERATIONS = (
    Operation(method="GET", path="/health", name="health", answer=answers.Health),
    Operation(method="POST", path="/reset", name="reset", answer=answers.Reset, body=ResetBody),
    Operation(method="GET", path="/scenario", name="scenario", answer=answers.Scenario),
    Operation(method="POST", path="/scenario", name="use_scenario", answer=answers.Scenario, body=ScenarioBody),
    Operation(method="GET", path="/clock", name="clock", answer=answers.Clock),
    Operation(method="POST", path="/clock", name="move_clock", answer=answers.Clock, body=ClockBody),
    Operation(method="GET", path="/faults", name="faults", answer=answers.Faults),
    Operation(method="POST", path="/faults", name="turn_fault", answer=answers.Faults, body=FaultBody),
    Operation(
        method="GET",
        path="/messages",
        name="messages",
        answer=answers.Messages,
        query=("to", "from", "status", "body", "limit"),
    ),
    Operation(method="GET", path="/messages/{sid}", name="message", answer=answers.MessageWithWebhooks),
    Operation(method="GET", path="/messages/{sid}/codes", name="codes", answer=answers.Codes),
    Operation(method="GET", path="/webhooks", name="webhooks", answer=answers.Webhooks, query=("limit",)),
    Operation(method="GET", path="/webhooks/lags", name="lags", answer=answers.Lags, query=("after",)),
    Operation(
        method="POST",
        path="/webhooks/{token}/replay",
        name="replay",
        answer=answers.Webhook,
        body=ReplayBody,
        status=202,
    ),
    Operation(method="POST", path="/receive", name="receive", answer=answers.Received, body=ReceiveBody, status=201),
    Operation(method="GET", path="/opt-outs", name="opt_outs", answer=answers.OptOuts),
    Operation(method="POST", path="/opt-outs", name="set_opt_out", answer=answers.OptOuts, body=OptOutBody),
    Operation(method="GET", path="/alerts", name="alerts", answer=answers.Alerts, query=("limit",)),
)
