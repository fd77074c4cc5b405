"""The attempts to deliver one webhook: redirects followed, challenges answered, failures tried again as its URL says.

An attempt is a chain of requests; a retry begins again at the webhook's own URL, at once, and with the same idempotency
token. All of them together take no longer than `tt`: what each answer says it took is counted, no clock is read.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from fake_twilio.delivery.webhook import Answer, Delivery, Webhook
from fake_twilio.domain.webhooks.challenges import answer_to, credentials_of
from fake_twilio.domain.webhooks.digest import Asked
from fake_twilio.domain.webhooks.overrides import Overrides, read_overrides
from fake_twilio.domain.webhooks.redirects import MAX_REDIRECTS, is_redirect, redirected_method, redirected_url
from fake_twilio.domain.webhooks.retries import Failure, is_tried_again, outcome_of


class Sender(Protocol):
    """The seam to whoever is called: the network, or an app in this process."""

    def post(self, webhook: Webhook) -> Answer:
        """Send one request as *webhook* says: method, target, headers, body, and within its limits.

        Never raises for what the other side does; `Answer.failure` says what it was, `Answer.seconds` how long it took.
        """


class Attempts:
    """Delivers webhooks through a sender."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def of(self, webhook: Webhook) -> Iterator[Delivery]:
        """Deliver *webhook*; each request is yielded when it has ended, and the last one says what came of it."""
        overrides = read_overrides(webhook.url)
        left = overrides.limits.total_seconds
        for number in range(1, overrides.retries + 2):
            for delivery in self._attempt(webhook, number, overrides, left):
                yield delivery
                left -= delivery.seconds
            if left <= 0 or not _is_tried_again(delivery, overrides):
                return

    def _attempt(self, webhook: Webhook, number: int, overrides: Overrides, left: float) -> Iterator[Delivery]:
        request: Webhook | None = webhook
        redirects = 0
        while request is not None and left > 0:
            limits = overrides.limits.within(left)
            limited = request if limits == request.limits else replace(request, limits=limits)
            answer = self._sender.post(limited)
            left -= answer.seconds
            shown = None if request is webhook else replace(request, authorization=None)
            request = next_request(request, answer)
            redirects += request is not None and request.authorization is None
            if redirects > MAX_REDIRECTS:
                answer, request = _redirected_too_often(answer), None
            yield Delivery(webhook=webhook, answer=answer, attempt=number, request=shown, notes=overrides.notes)


def next_request(request: Webhook, answer: Answer) -> Webhook | None:
    """Return what the same attempt requests next: with a password, or elsewhere; ``None`` if this was its end."""
    if answer.failure is not None or answer.status is None:
        return None
    if answer.status == 401 and answer.challenge and request.authorization is None:
        return _with_password(request, answer.challenge)
    if answer.location is None or not is_redirect(answer.status, answer.location):
        return None
    url = redirected_url(request.url, answer.location)
    return None if url is None else request.moved_to(url, redirected_method(answer.status, request.method))


def _with_password(request: Webhook, challenge: str) -> Webhook | None:
    credentials = credentials_of(request.url)
    if credentials is None:
        return None
    asked = Asked(
        method=request.method,
        target=request.request_target,
        client_nonce=hashlib.sha256(f"{request.token}{challenge}".encode("utf-8", "surrogatepass")).hexdigest()[:32],
    )
    authorization = answer_to(challenge, credentials, asked)
    return None if authorization is None else replace(request, authorization=authorization)


def _redirected_too_often(answer: Answer) -> Answer:
    return replace(answer, failure=Failure.REDIRECTS, error=f"redirected more than {MAX_REDIRECTS} times")


def _is_tried_again(delivery: Delivery, overrides: Overrides) -> bool:
    return is_tried_again(outcome_of(delivery.answer.status, delivery.failure), overrides.policies)
