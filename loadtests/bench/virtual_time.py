"""How long a day of simulated traffic takes, with its webhooks into a mounted Flask app.

Messages are made by the engine, without HTTP, one at a time over 24 hours. Each lives through its three statuses, and
the app takes a callback for two of them. The goal is 120 s for 100,000; fewer are made unless their number is given as
an argument, and their goal is as much smaller. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import sys
from time import monotonic, perf_counter

from engines import ACCOUNT, SEED
from figures import report
from flask import Flask, request

from fake_twilio.delivery.mounts import Mounts
from fake_twilio.delivery.outbound import Outbound
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.timing.clock import ManualClock
from fake_twilio.world import World

MESSAGES = 20_000  # the whole takes more than a minute
DAY_SECONDS = 86_400.0
GOAL = 120.0 / 100_000  # seconds for each message
LIFE = lives(Step(Status.SENDING, 0.1), Step(Status.SENT, 0.4), Step(Status.DELIVERED, 1.0))


def make_app(taken: list[str]) -> Flask:
    app = Flask("customer")

    @app.post("/status")
    def status() -> tuple[str, int]:
        taken.append(request.form["MessageStatus"])
        return "", 204

    return app


def make_world(app: Flask) -> World:
    mounts = Mounts(Outbound(connections=1, monotonic=monotonic).post)
    mounts.mount("https://app.test", app)
    return World(
        account=ACCOUNT,
        test_account=Account("AC" + "7e57" * 8, "0c" * 16, is_test=True),
        scenario=Scenario(name="bench", about="a bench", numbers=(), rules=(), otherwise=LIFE),
        seed=SEED,
        clock=ManualClock(1_767_225_600.0),
        sender=mounts,
        monotonic=monotonic,
    )


def live_a_day(world: World, messages: int) -> None:
    pause = DAY_SECONDS / messages
    for number in range(messages):
        to = f"+1555{number % 10_000_000:07}"
        form = (("To", to), ("From", "+15005550006"), ("Body", "x"), ("StatusCallback", "https://app.test/status"))
        world.engine.accept(form)
        world.hand.advance(pause)
    world.hand.settle(DAY_SECONDS)


def main() -> None:
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    taken: list[str] = []
    world = make_world(make_app(taken))
    began = perf_counter()
    live_a_day(world, messages)
    seconds = perf_counter() - began
    world.end()
    assert len(taken) == 2 * messages
    goal = GOAL * messages
    report(f"mounted_{messages}_messages_seconds", seconds, f"<={goal:.1f}")


if __name__ == "__main__":
    main()
