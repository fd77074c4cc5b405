"""Each handler that a thing is for is told, whatever the others do."""

import logging
import threading

import pytest

from tests.callbacks import told
from tests.doubles import RECIPIENT
from tests.logs import broken_log
from tests.webhooks import message
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.dispatch import Dispatch, status_matcher

LOGGER = logging.getLogger("twilio_sms")


def always(_thing):
    return True


def fails(thing):
    raise RuntimeError(f"cannot bear {thing.body} of {thing.from_}")


@pytest.fixture
def dispatch():
    return Dispatch(LOGGER, str)


def test_all_that_it_is_for_are_told_in_their_order(dispatch):
    dispatch.add(always, lambda thing: f"1 {thing}")
    dispatch.add(lambda thing: thing == "other", lambda _thing: "never")
    dispatch.add(always, lambda thing: f"2 {thing}")

    assert dispatch.tell("thing") == (["1 thing", "2 thing"], 0)


def test_who_fails_keeps_nobody_from_being_told(dispatch):
    dispatch.add(always, fails)
    dispatch.add(fails, lambda _thing: "never")
    dispatch.add(always, lambda _thing: "told")

    assert dispatch.tell(message()) == (["told"], 2)


def test_what_a_handler_may_not_return_is_a_failure():
    dispatch = Dispatch(LOGGER, int)
    dispatch.add(always, lambda _thing: "no number")

    assert dispatch.tell("thing") == ([], 1)


def test_the_log_names_who_failed_and_where_and_nothing_of_the_message(dispatch, caplog):
    dispatch.add(always, fails)

    dispatch.tell(message("my secret"))

    assert "the handler fails failed on InboundMessage(SM" in caplog.text
    assert "with RuntimeError\n" in caplog.text
    assert "in fails" in caplog.text
    assert not any(part in caplog.text for part in ("my secret", RECIPIENT))


def test_what_we_refuse_is_told(caplog):
    def read(answer):
        raise ValidationError(f"must be a text, is {answer}")

    dispatch = Dispatch(LOGGER, read)
    dispatch.add(always, lambda _thing: 5)

    dispatch.tell("thing")

    assert "with ValidationError: must be a text, is 5" in caplog.text


def test_a_broken_log_keeps_nobody_from_being_told(dispatch):
    dispatch.add(always, fails)
    dispatch.add(always, lambda _thing: "told")

    with broken_log():
        assert dispatch.tell(message()) == (["told"], 1)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_ends_it(dispatch, error):
    def ends(_thing):
        raise error

    dispatch.add(always, ends)

    with pytest.raises(error):
        dispatch.tell("thing")


def test_handlers_that_many_threads_add_are_all_there(dispatch):
    threads = [
        threading.Thread(target=lambda: [dispatch.add(always, lambda _thing: "x") for _ in range(200)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(dispatch.tell("thing").answers) == 800


def test_a_handler_may_add_another_one_for_the_next(dispatch):
    dispatch.add(always, lambda _thing: dispatch.add(always, lambda _other: "second"))

    assert [len(dispatch.tell("thing").answers) for _ in range(2)] == [1, 2]


@pytest.mark.parametrize("function", [None, "print", 5])
def test_what_cannot_be_called_is_no_handler(dispatch, function):
    with pytest.raises(ValidationError, match="a handler is a function of one argument"):
        dispatch.add(always, function)


@pytest.mark.parametrize(
    ("statuses", "status", "matches"),
    [
        ((), "sent", True),
        ((), "a-new-word", True),
        (("delivered",), "delivered", True),
        ((Status.DELIVERED, "sent"), "sent", True),
        (("delivered",), "sent", False),
        (("unknown",), "a-new-word", True),
    ],
)
def test_an_update_is_for_who_asked_for_its_status(statuses, status, matches):
    assert status_matcher(statuses)(told(status)) is matches


@pytest.mark.parametrize("statuses", [["deliverd"], [always], [None], [["sent"]]])
def test_a_word_that_is_no_status_is_refused(statuses):
    with pytest.raises(ValidationError, match="is no status: there is accepted, "):
        status_matcher(statuses)
