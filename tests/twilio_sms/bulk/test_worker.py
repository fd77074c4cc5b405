"""A worker marks a row before it is sent, brings back whatever becomes of it, and gives a message to one row."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.doubles import HandClock
from tests.parts import UNLIMITED, assembled
from tests.twilio_sms.bulk.stub_twilio import LOST, UNREACHABLE, StubTwilio, refused
from tests.twilio_sms.bulk.tasks import look, send
from twilio_sms.bulk.tasks import Sent, Undone
from twilio_sms.bulk.worker import Worker
from twilio_sms.config import Config
from twilio_sms.domain.message import Message
from twilio_sms.errors import AmbiguousSendError, GateError, JournalError, LocalOptOutError, LocalRateLimitError
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.token_bucket import Rate


class Marks:
    """Remembers marks, and whose each SID is."""

    def __init__(self, trouble: JournalError | None = None) -> None:
        self.marked: list[int] = []
        self.owners: dict[str, int] = {}
        self._trouble = trouble

    def mark(self, index: int) -> None:
        if self._trouble:
            raise self._trouble
        self.marked.append(index)

    def claim(self, index: int, sid: str) -> bool:
        if self._trouble:
            raise self._trouble
        return self.owners.setdefault(sid, index) == index


def never() -> bool:
    return False


def worker(twilio: StubTwilio, marks: Marks, should_stop: Callable[[], bool] = never, **parts) -> Worker:
    bulk = assembled(twilio, **parts).messages._make_bulk()
    return Worker(
        bulk._send_path,
        bulk._reconciler,
        marks,
        HandClock(),
        skew=timedelta(minutes=5),
        clock_lead=bulk._clock_lead,
        should_stop=should_stop,
    )


def test_a_row_is_marked_before_it_is_sent():
    marks = Marks()
    twilio = StubTwilio(lambda _form: marks.marked.append("sent"))

    sent = worker(twilio, marks).do(send(3))

    assert marks.marked == [3, "sent"]
    assert isinstance(sent, Sent)
    assert isinstance(sent.outcome, Message)
    assert (sent.row, sent.is_marked) == (send(3), True)


def test_a_row_that_cannot_be_marked_is_not_sent():
    twilio, trouble = StubTwilio(), JournalError("the disk is full")

    sent = worker(twilio, Marks(trouble)).do(send())

    assert (sent.outcome, sent.is_marked) == (trouble, False)
    assert twilio.posts == []


def test_what_failed_is_brought_back_with_the_name_of_its_row():
    sent = worker(StubTwilio(lambda _form: LOST), Marks()).do(send(7))

    assert isinstance(sent.outcome, AmbiguousSendError)
    assert sent.outcome.row_key == "row 7"
    assert sent.is_marked


def test_a_gate_that_closes_before_the_mark_leaves_the_row_unmarked():
    marks = Marks()
    twilio = StubTwilio()
    made = assembled(twilio)
    made.opt_outs.add(send().draft.to.e164)

    sent = worker(twilio, marks, opt_outs=made.opt_outs).do(send())

    assert isinstance(sent.outcome, LocalOptOutError)
    assert (sent.is_marked, marks.marked, twilio.posts) == (False, [], [])


def test_a_stop_between_mark_and_request_is_heeded():
    twilio = StubTwilio()
    made = assembled(twilio)
    marks = Marks()
    marks.mark = lambda _index: made.opt_outs.add(send().draft.to.e164)

    sent = worker(twilio, marks, opt_outs=made.opt_outs).do(send())

    assert isinstance(sent.outcome, LocalOptOutError)
    assert (sent.is_marked, twilio.posts) == (True, [])


@pytest.mark.parametrize("task", [send(), look()], ids=["a row", "a look"])
def test_nothing_is_begun_once_the_bulk_was_stopped(task):
    twilio, marks = StubTwilio(), Marks()

    assert worker(twilio, marks, lambda: True).do(task) == Undone(task)
    assert (twilio.posts, twilio.looks, marks.marked) == ([], 0, [])


def test_who_waits_for_the_limiter_gives_up_when_the_bulk_is_stopped():
    twilio, marks = StubTwilio(), Marks()
    answers = iter([False, False, False, True])
    slow = Config(rate_limits=RateLimits(global_rate=Rate(1, 1), recipient_rate=None))
    hand = worker(twilio, marks, lambda: next(answers), config=slow)
    hand.do(send())

    sent = hand.do(send(1))

    assert isinstance(sent.outcome, LocalRateLimitError)
    assert (marks.marked, len(twilio.posts)) == ([0], 1)


def test_a_look_finds_the_first_message_that_no_other_row_has():
    twilio, marks = StubTwilio(), Marks()
    sids = [twilio.keep(dict(send().draft.to_form()))["sid"] for _ in range(3)]
    marks.owners[sids[0]] = 99

    looked = worker(twilio, marks).do(look(1))

    assert (looked.sid, looked.is_answered) == (sids[1], True)
    assert marks.owners == {sids[0]: 99, sids[1]: 1}


def test_a_look_that_finds_nothing_says_when_it_began():
    looked = worker(StubTwilio(), Marks()).do(look())

    assert (looked.sid, looked.is_answered, looked.began_at) == (None, True, 0.0)


def test_a_list_that_cannot_be_read_is_no_answer():
    twilio = StubTwilio()
    twilio.list_reaction = UNREACHABLE

    looked = worker(twilio, Marks()).do(look())

    assert (looked.sid, looked.is_answered) == (None, False)


def test_a_claim_that_cannot_be_written_is_no_matter_of_the_list():
    twilio = StubTwilio()
    twilio.keep(dict(send().draft.to_form()))

    with pytest.raises(JournalError, match="full"):
        worker(twilio, Marks(JournalError("full"))).do(look())


def test_a_row_whose_bulk_is_stopped_before_its_retry_is_not_sent_again():
    stopped: list[bool] = []

    def react(_form):
        stopped.append(True)
        return refused(429, 20429)

    twilio = StubTwilio(react)

    sent = worker(twilio, Marks(), lambda: bool(stopped), config=Config(rate_limits=UNLIMITED)).do(send(3))

    assert (type(sent.outcome), sent.is_marked, len(twilio.posts)) == (GateError, True, 1)
