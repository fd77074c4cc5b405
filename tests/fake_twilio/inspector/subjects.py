"""A subject that tests change as they like."""

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.records.feed import Feed
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, START, make_scenario


class FakeSubject:
    """Messages by SID, and a feed of what changed."""

    def __init__(self, kept: int = 1000) -> None:
        self.feed = Feed(kept)
        self.url, self.account_sid, self.auth_token = "http://127.0.0.1:1", ACCOUNT_SID, AUTH_TOKEN
        self.now = self.start_moment = START
        self.scenario: Scenario = make_scenario()
        self.looks = 0
        self._messages: dict[str, Message] = {}

    @property
    def messages(self) -> tuple[Message, ...]:
        self.looks += 1
        return tuple(self._messages.values())

    def find(self, sid: str) -> Message | None:
        return self._messages.get(sid)

    def put(self, message: Message) -> None:
        self._messages[message.sid] = message
        self.feed.note(message.sid)

    def drop(self, sid: str) -> None:
        self._messages.pop(sid, None)
        self.feed.note(sid)
