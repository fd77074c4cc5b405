"""A wait that is longer than the caller is ready for is refused before it begins."""

import pytest

from twilio_sms.errors import LocalRateLimitError
from twilio_sms.resilience.patience import Patience

SECOND = 1_000_000_000
TOO_LATE = "its deadline is earlier: repeat it then, or give it more time"


@pytest.mark.parametrize(
    "patience",
    [
        pytest.param(Patience(True, None, None), id="for ever"),
        pytest.param(Patience(True, 12.0, None), id="just long enough"),
        pytest.param(Patience(True, float("inf"), None), id="endless"),
        pytest.param(Patience(True, None, lambda: False), id="not told to stop"),
    ],
)
def test_a_wait_within_patience_is_fine(patience):
    patience.check("global_rate", 2 * SECOND, 10 * SECOND)


@pytest.mark.parametrize(
    ("patience", "reason"),
    [
        pytest.param(
            Patience(False, None, None), "it is not to wait: repeat it then, or set on_limit='wait'", id="not at all"
        ),
        pytest.param(Patience(True, 11.9, None), TOO_LATE, id="not as long"),
        pytest.param(Patience(True, 9.0, None), TOO_LATE, id="deadline is over"),
        pytest.param(Patience(True, 99.0, lambda: True), "was told to stop waiting", id="told to stop"),
    ],
)
def test_a_wait_beyond_patience_is_refused_and_says_when_to_come_back(patience, reason):
    with pytest.raises(LocalRateLimitError) as caught:
        patience.check("global_rate", 2 * SECOND, 10 * SECOND)

    assert caught.value.message == f"global_rate is used up: the message may leave in 2.000 s, but {reason}"
    assert caught.value.retry_after_seconds == 2.0
    assert caught.value.repeatable
    assert caught.value.attempts == 0
