"""The end of a load by count: once all of ``--messages`` were begun, users end what they do, and no more begin."""

from threading import Thread
from typing import Any

from fake_twilio.load.allotment import parse_messages
from fake_twilio.load.dealing import Dealer
from fake_twilio.load.options import Options
from fake_twilio.load.seams import Environment
from fake_twilio.load.share import share_of


class ByCount:
    """Ends the load of *environment*, in the process that judges it; without ``--messages`` it does nothing."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        options = Options.of(environment.parsed_options)
        self._text = options.messages
        self._is_spent = False
        self._is_ending = False
        runner: Any = environment.runner
        self._dealer = Dealer(runner, self._end) if options.master and self._text is not None else None

    def listen(self) -> None:
        """Have it noticed when a load ends otherwise, and when workers vanish."""
        self._environment.events.test_stopping.add_listener(self._note_end)
        if self._dealer is not None:
            self._environment.events.worker_report.add_listener(self._dealer.look)

    def begin(self) -> None:
        """Say how many messages may be begun, before there are users; raises `LoadError`."""
        self._is_spent = self._is_ending = False
        if self._text is None:
            return
        messages = parse_messages(self._text)
        if self._dealer is None:
            share_of(self._environment).allotment.limit_to(messages, self._end)
        else:
            self._dealer.deal(messages)

    @property
    def problems(self) -> list[str]:
        """What is to be said of a load that ended before all messages were begun."""
        if self._text is None or self._is_spent:
            return []
        return [f"load: it ended before {self._text} messages were sent: give it more time (-t), or fewer --messages"]

    def _note_end(self, **_: Any) -> None:
        self._is_ending = True

    def _end(self) -> None:
        """End the load, by a thread of its own: the user that took the last message goes on and sends it."""
        self._is_spent = True
        runner = self._environment.runner
        if runner is not None and not self._is_ending:
            Thread(target=runner.quit if self._environment.web_ui is None else runner.stop, daemon=True).start()
