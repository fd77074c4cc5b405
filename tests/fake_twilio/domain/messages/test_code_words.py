"""Each way to speak of a code stands in a text that is tried."""

import re

import pytest

from fake_twilio.domain.messages.code_words import SPEECHES, Speech
from tests.fake_twilio.domain.messages.one_time_codes import WITH_CODES

TEXTS = [text for text, _ in WITH_CODES]


@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: speech.names)
def test_every_way_to_speak_of_a_code_is_tried(speech: Speech) -> None:
    edge = r"\b" if speech.is_spaced else ""

    named = [text for text in TEXTS if re.search(rf"(?:{edge}(?:{speech.names}){edge})", text, re.IGNORECASE)]

    assert any(re.search(rf"{edge}(?:{speech.verbs}){edge}", text, re.IGNORECASE) for text in named)
