"""The fake as a test holds it: with clients that are pointed at it, and with words for what a test expects."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.values.durations import to_seconds
from fake_twilio.kit import official_sdk
from fake_twilio.kit.assertions import check_not_sent, sent_messages
from fake_twilio.kit.duplicates import check_no_duplicates
from fake_twilio.kit.evidence import Evidence, no_message
from fake_twilio.kit.explorer import Explored, Explorer, parse_lives
from fake_twilio.kit.schedules import Space
from fake_twilio.kit.timeline import MessageTimeline
from fake_twilio.kit.transcript import transcript_of
from fake_twilio.kit.waiting import Awaited
from fake_twilio.kit.wanted import Media, Text, Wanted
from fake_twilio.scenario_files.load import DEFAULT, NO_SETTINGS
from fake_twilio.server import ClockKind, FakeTwilio
from fake_twilio.timing.clock import monotonic

if TYPE_CHECKING:
    from twilio_sms.client import Client

Span = float | str | timedelta


class FakeTwilioFixture(FakeTwilio):
    """What the fixture `fake_twilio` gives to a test."""

    witness: Callable[[Evidence], None] | None = None  # who sees what a world has shown, before it is dropped

    def client(self, **options: Any) -> "Client":
        """Return a new client of the fake's account; *options* are those of `twilio_sms.Client`, and win.

        Its limits are off, since a test has no time to wait for them; ``config=Config()`` brings them back.
        """
        from twilio_sms.client import Client  # brings requests, which a test may do without
        from twilio_sms.config import Config
        from twilio_sms.resilience.limits import RateLimits

        settings = {
            "account_sid": self.account_sid,
            "auth_token": self.auth_token,
            "base_url": self.url,
            "config": Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None)),
        }
        return Client(**{**settings, **options})

    def sdk(self, **options: Any) -> Any:
        """Return a new official client, a `twilio.rest.Client`, all of whose requests to Twilio come to the fake.

        *options* are those of its class, and win. Its connections are closed when the test ends. Raises
        `ModuleNotFoundError` if the package ``twilio`` is not installed.
        """
        login = {"username": self.account_sid, "password": self.auth_token}
        client = official_sdk.new_client(self.url, **{**login, **options})
        self._at_end.callback(official_sdk.close, client)
        return client

    def patch_sdk(self, client: Any) -> official_sdk.Patch:
        """Lead all requests to Twilio of an official *client* that exists to the fake, until the test ends.

        As ``with fake_twilio.patch_sdk(client):`` until the end of the block. If its account is not known here, it is
        let in as the fake's account; `undo()` of what is returned ends it too.
        """
        login = official_sdk.Login(self.account_sid, self.auth_token)
        patch = official_sdk.patched(client, self.url, login, lambda sid: self._world.directory.find(sid) is not None)
        self._at_end.callback(patch.undo)
        return patch

    def assert_sent(
        self,
        *,
        to: Text | None = None,
        from_: Text | None = None,
        body: Text | None = None,
        media: Media | None = None,
        status: str | None = None,
        times: int | None = None,
    ) -> tuple[Message, ...]:
        """Return the outbound messages that are like this; raise `AssertionError` unless there is one, or *times* many.

        A text is matched as in a scenario: equal, with ``*`` and ``?``, or a range ``+1555000..+1555999``; a compiled
        expression is searched for. *from_* is the sender or the messaging service, *media* a count or the URLs in
        order, *status* the one that the message has now. The failure shows what differs in the closest messages.
        """
        __tracebackhide__ = True
        wanted = Wanted(to=to, from_=from_, body=body, media=media, status=status)
        return sent_messages(self.evidence(), wanted, times)

    def assert_not_sent(
        self,
        *,
        to: Text | None = None,
        from_: Text | None = None,
        body: Text | None = None,
        media: Media | None = None,
        status: str | None = None,
    ) -> None:
        """Raise `AssertionError` if an outbound message is like this (see `assert_sent`); with nothing, if any is."""
        __tracebackhide__ = True
        check_not_sent(self.evidence(), Wanted(to=to, from_=from_, body=body, media=media, status=status))

    def assert_no_duplicate_sends(self, window: Span | None = None) -> None:
        """Raise `AssertionError` if two messages have the same recipient, sender or service, body and media.

        With a *window* (seconds, ``"10m"`` or a timedelta) only if no more than that lies between them.
        """
        __tracebackhide__ = True
        check_no_duplicates(self.evidence(), None if window is None else to_seconds(window))

    def wait_for(self, sid: str, status: str, within: Span = "1h", *, real_seconds: float = 30.0) -> Message:
        """Wait until a message has, or has had, a status; return it as it is then.

        A manual clock is moved from due event to due event, by *within* at most, webhooks included. On the others time
        passes by itself, at most *within* of the run's and *real_seconds* of yours; a webhook may be under way still.
        Raises `NotReached`, an `AssertionError` with the timeline, if the message ends otherwise or is late;
        `LookupError` if there is no such message, `ValueError` if there is no such status.
        """
        __tracebackhide__ = True
        awaited = Awaited(sid, status, self._message, self.timeline)
        seconds = to_seconds(within)
        if self.clock_kind == "manual":
            self._world.hand.settle(seconds, until=awaited.is_over)
        else:
            latest, deadline = self.now + seconds, monotonic() + real_seconds
            awaited.wait(is_late=lambda: self.now > latest or monotonic() > deadline)
        return awaited.result()

    def explore(
        self,
        test: Callable[[Self], object],
        *,
        messages: int = 2,
        bound: int = 200,
        duplicates: bool = True,
        drops: bool = False,
        before_response: bool = True,
        across_messages: bool = True,
        lives: Iterable[Sequence[str]] = (("sent", "delivered"),),
        write_to: str | Path | None = None,
    ) -> Explored:
        """Run *test* with the fake against every order in which the callbacks of its first *messages* may come.

        The test sends with a status callback, moves the time by `settle`, and asserts; it begins afresh each time, as
        must its app: in a new world on a manual clock, with the seed and the start of this one. The orders go from
        the plain one to the wildest, *bound* of them at most: any order, *duplicates* (one of each message), *drops*
        (one callback is lost), the first one *before_response*, and callbacks of several messages between each other.
        ``across_messages=False`` is enough, and much less, for an app that keeps what it knows of each message apart.
        *lives* are what messages may go through, such as ``("sent", "undelivered")``.

        Raises `Broken`, an `AssertionError`, for the first order that breaks the test, with a scenario file that brings
        it back (and stands in *write_to*, if given); `ValueError` for a test that cannot be explored.
        """
        __tracebackhide__ = True
        if messages < 1 or bound < 1:
            raise ValueError(f"wanted messages and bound from 1 on, not {messages} and {bound}")
        space = Space(
            messages=messages,
            lives=parse_lives(lives),
            duplicates=duplicates,
            drops=drops,
            before_response=before_response,
            across_messages=across_messages,
        )
        explorer = Explorer(self, partial(test, self), None if write_to is None else Path(write_to))
        return explorer.explore(space, bound)

    def timeline(self, sid: str) -> MessageTimeline:
        """Return what happened to a message, in order; ``print`` draws it. Raises `LookupError` if there is none."""
        return self.evidence().timeline(sid)

    def transcript(self) -> str:
        """Return all that happened as a text, which the same seed, start and requests bring back on a manual clock."""
        return transcript_of(self.evidence())

    def evidence(self) -> Evidence:
        """Return what this run has shown until now, as a value that no reset changes."""
        return Evidence(
            run=self.describe(),
            url=self.url,
            start=self.start_moment,
            messages=self.messages,
            callbacks=self.callbacks,
            alerts=self.alerts,
            opt_outs=self.opt_outs,
            incidents=self.incidents,
            requests=self.requests,
        )

    def environment(self) -> Mapping[str, str]:
        """Return the variables with which `Client.from_env` finds the fake."""
        return {
            "TWILIO_ACCOUNT_SID": self.account_sid,
            "TWILIO_AUTH_TOKEN": self.auth_token,
            "TWILIO_BASE_URL": self.url,
        }

    def reset(
        self,
        scenario: Scenario | str | Path = DEFAULT,
        *,
        clock: ClockKind = "manual",
        seed: int | None = None,
        start: float | datetime | None = None,
        settings: Mapping[str, str] = NO_SETTINGS,
    ) -> None:
        """Begin a new world, as `FakeTwilio.reset`; what the old one has shown counts in the report of the test run."""
        shown = None if self.witness is None else self.evidence()
        super().reset(scenario, clock=clock, seed=seed, start=start, settings=settings)
        if self.witness is not None and shown is not None:
            self.witness(shown)

    def describe(self) -> str:
        """Return what brings this run back: seed and start, together."""
        return f"seed={self.seed} start={str(self.start_moment).removesuffix('.0')} scenario={self.scenario_name}"

    def end_test(self) -> None:
        """Let go what was lent to a test: official clients that were pointed here are closed, or go where they did."""
        self._at_end.close()

    def _message(self, sid: str) -> Message:
        message = self._world.realm.find(sid)
        if message is None:
            raise no_message(sid)
        return message

    @cached_property
    def _at_end(self) -> ExitStack:
        return ExitStack()
