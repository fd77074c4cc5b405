"""Whether webhooks that are brought again have a second effect: reliability G28, rule 36.

Run as ``python -m tests.e2e.webhook_replay [--webhooks 10000] [--seed 28]``. The fake's webhooks are taken once by a
handler over SQLite. Then another one over the same file gets all of them again in disorder, by four threads, some with
another idempotency token and some with none. The judge counts what was told, message by message and status by status,
and compares every answer with the first, byte by byte. Beside it a receiver that knows webhooks by that token, as its
name suggests, though nobody signs it. Prints ``name value goal PASS|FAIL``.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from loadtests.bench.figures import report
from tests.e2e.captured_webhooks import Captured, capture, twice_told
from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse

TOKEN_HEADER = "i-twilio-idempotency-token"
THREADS = 4
NAIVE_WEBHOOKS = 300
Take = Callable[[Captured], WebhookResponse]


class Found(NamedTuple):
    """What the judge found: events with an effect, effects after the first, answers unlike the first, and refusals."""

    effects: int
    second_effects: int
    other_answers: int
    refused: int


class Receiver:
    """Ours: what it is told of is counted, and each of its answers is another one."""

    def __init__(self, account_sid: str, token: str, folder: Path, effects: "Counter[str]") -> None:
        numbers = count()
        self._handler = WebhookHandler(
            token, account_sid=account_sid, store=folder / "webhooks.db", opt_outs=folder / "opt-outs.db"
        )

        @self._handler.on()
        def answer(message: InboundMessage) -> str:
            effects[f"{message.sid} inbound "] += 1
            return f"answer {next(numbers)}"

        @self._handler.on_status()
        def note(update: StatusUpdate) -> None:
            effects[f"{update.message_sid} {update.status_text} {update.error_code or ''}"] += 1

    def __call__(self, captured: Captured) -> WebhookResponse:
        take = self._handler.handle_inbound if captured.is_inbound else self._handler.handle_status_callback
        return take(captured.request)

    def close(self) -> None:
        self._handler.close()


class Naive:
    """A receiver that knows webhooks by their idempotency token."""

    def __init__(self, effects: "Counter[str]") -> None:
        self._effects = effects
        self._answers: dict[str | None, WebhookResponse] = {}

    def __call__(self, captured: Captured) -> WebhookResponse:
        token = captured.request.header(TOKEN_HEADER)
        if token not in self._answers:
            self._effects[captured.event] += 1
            self._answers[token] = WebhookResponse(200, str(len(self._answers)))
        return self._answers[token]


def again(captured: Sequence[Captured], chance: random.Random) -> list[Captured]:
    """Return all webhooks in another order; a third with another token, a third with none."""
    changed = [one._replace(request=_with_token(one.request, chance)) for one in captured]
    chance.shuffle(changed)
    return changed


def _with_token(request: WebhookRequest, chance: random.Random) -> WebhookRequest:
    kind = chance.randrange(3)
    if not kind:
        return request
    others = tuple(header for header in request.headers if header[0] != TOKEN_HEADER)
    new = ((TOKEN_HEADER, f"{chance.getrandbits(128):032x}"),) if kind == 1 else ()
    return request._replace(headers=others + new)


def replay(captured: Sequence[Captured], first: Take, second: Take, effects: "Counter[str]", seed: int) -> Found:
    """Hand all to *first*, and all again to *second*; return what the judge finds."""
    answers: dict[str, WebhookResponse] = {}
    for one in captured:
        answers.setdefault(one.event, first(one))
    repeated = again(captured, random.Random(seed))
    with ThreadPoolExecutor(THREADS) as pool:
        given = list(pool.map(second, repeated))
    return Found(
        effects=len(effects),
        second_effects=twice_told(effects),
        other_answers=sum(answer != answers[one.event] for one, answer in zip(repeated, given, strict=True)),
        refused=sum(answer.status != 200 for answer in (*answers.values(), *given)),
    )


def replay_ours(captured: Sequence[Captured], account_sid: str, token: str, seed: int) -> Found:
    effects = Counter[str]()
    with TemporaryDirectory() as folder:
        first = Receiver(account_sid, token, Path(folder), effects)
        second = Receiver(account_sid, token, Path(folder), effects)
        found = replay(captured, first, second, effects, seed)
        first.close()
        second.close()
    return found


def replay_naively(captured: Sequence[Captured], seed: int) -> Found:
    effects = Counter[str]()
    naive = Naive(effects)
    return replay(captured, naive, naive, effects, seed)


def main(webhooks: int, seed: int) -> bool:
    captured, account_sid, token = capture(webhooks, seed)
    events = len({one.event for one in captured})
    ours = replay_ours(captured, account_sid, token, seed)
    naive = replay_naively(captured[:NAIVE_WEBHOOKS], seed)
    figures = (
        report("webhooks_replayed", len(captured), f">={webhooks}"),
        report("events_without_effect", events - ours.effects, "==0"),
        report("second_effects", ours.second_effects, "<=0"),
        report("answers_unlike_the_first", ours.other_answers, "<=0"),
        report("replays_refused", ours.refused, "<=0"),
        report("naive_second_effects", naive.second_effects, ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--webhooks", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=28)
    given = arguments.parse_args()
    raise SystemExit(0 if main(given.webhooks, given.seed) else 1)
