import pytest

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.measured import MeasuredTransport
from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, ScriptedTransport, answer
from tests.fake_twilio.load.doubles import Fired, HandClock
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.verdict import Phase

SEND = Request("POST", f"http://127.0.0.1:1/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json", "Basic x")
GET = SEND._replace(method="GET", url=f"{SEND.url.removesuffix('.json')}/{MESSAGE_SID}.json?To=%2B{RECIPIENT[1:]}")


class SlowTransport(ScriptedTransport):
    """Takes a quarter of a second for each request."""

    def __init__(self, script: list[Response | LostAnswer], clock: HandClock) -> None:
        super().__init__(script)
        self._clock = clock

    def send(self, request: Request) -> Response:
        self._clock.seconds += 0.25
        return super().send(request)


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (answer(201, body=b"x" * 700), None),
        (answer(204, body=b""), None),
        (answer(302, body=b""), "HTTP 302"),
        (answer(429, body=b"{}"), "HTTP 429"),
        (answer(500, body=b"{}"), "HTTP 500"),
    ],
)
def test_a_request_is_told_and_its_answer_passed_on(response: Response, failure: str | None) -> None:
    clock, fired = HandClock(), Fired()
    transport = MeasuredTransport(SlowTransport([response], clock), fired, perf=clock)

    assert transport.send(SEND) is response

    assert fired.lines == [("POST", "/2010-04-01/Accounts/{Sid}/Messages.json", failure)]
    assert (fired.all[0]["response_time"], fired.all[0]["response_length"]) == (250.0, len(response.body))
    assert fired.all[0]["context"] == {}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.ANSWERED])
def test_a_lost_answer_is_told_and_passed_on_with_what_it_proves(phase: Phase) -> None:
    clock, fired = HandClock(), Fired()
    lost = LostAnswer(phase, f"Timeout: of {RECIPIENT}")
    transport = MeasuredTransport(SlowTransport([lost], clock), fired, perf=clock)

    with pytest.raises(LostAnswer) as caught:
        transport.send(SEND)

    assert caught.value is lost
    assert fired.lines[0][2] == f"answer lost ({phase.value})"
    assert isinstance(fired.all[0]["exception"], RequestFailed)
    assert fired.all[0]["response_time"] == 250.0


def test_no_line_of_the_statistics_names_a_message_or_a_person() -> None:
    fired = Fired()
    transport = MeasuredTransport(ScriptedTransport([answer(200, {})] * 2), fired)

    transport.send(GET)
    transport.send(GET._replace(url=GET.url.replace("0c", "0d").replace("4567", "7654")))

    assert fired.lines == [("GET", "/2010-04-01/Accounts/{Sid}/Messages/{Sid}.json", None)] * 2


def test_the_request_goes_out_as_it_is_and_the_inner_transport_is_closed() -> None:
    inner = ScriptedTransport([answer(201, {})])
    transport = MeasuredTransport(inner, Fired())

    transport.send(SEND)
    transport.close()

    assert inner.requests == [SEND]
    assert inner.is_closed


def test_a_request_whose_user_is_killed_is_one_of_which_nobody_knows() -> None:
    class Killed(ScriptedTransport):
        def send(self, request: Request) -> Response:
            raise KeyboardInterrupt

    fired = Fired()

    with pytest.raises(KeyboardInterrupt):
        MeasuredTransport(Killed([]), fired).send(SEND)

    assert fired.lines == [("POST", "/2010-04-01/Accounts/{Sid}/Messages.json", "cut short")]
