"""Tasks are values that tell no secret when they are printed."""

import pytest

from tests.doubles import RECIPIENT
from tests.twilio_sms.bulk.tasks import accepted, failed, look, lost, send
from twilio_sms.bulk.tasks import Following, Looked, Undone
from twilio_sms.errors import AmbiguousSendError


@pytest.mark.parametrize(
    "value",
    [
        send(),
        look(error=lost(AmbiguousSendError)),
        accepted(send()),
        failed(send(), lost(AmbiguousSendError)),
        Looked(look=look(), sid=None, is_answered=True, began_at=0.0),
        Undone(send()),
        Following(1.0, look()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_printed_has_no_number_and_no_text(value):
    assert RECIPIENT not in repr(value)
    assert "hello" not in repr(value)


def test_a_row_is_sent_for_the_first_time_unless_it_is_said_otherwise():
    assert (send().doubtful_since, send().resends) == (None, 0)
