"""A failure ends a command with one line and its status."""

import pytest

from twilio_sms.commands.endings import Ending, failures_end
from twilio_sms.errors import AuthenticationError, JournalError, OptOutUnknownError, TwilioError, ValidationError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ValidationError("no"), Ending.CALLED_WRONGLY),
        (JournalError("no"), Ending.STOPPED),
        (AuthenticationError("no"), Ending.STOPPED),
        (OptOutUnknownError("no"), Ending.STOPPED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_failed_decides_the_status(error: TwilioError, status: Ending) -> None:
    with pytest.raises(SystemExit) as ended, failures_end():
        raise error

    assert ended.value.code == status


def test_it_says_what_is_wrong_and_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit), failures_end():
        raise JournalError("another \x1b[2J +15551234567")

    assert capsys.readouterr() == ("", "another \\x1b[2J +1555***4567\n")


def test_a_fault_of_ours_is_shown_whole() -> None:
    with pytest.raises(KeyError), failures_end():
        raise KeyError("a fault")
