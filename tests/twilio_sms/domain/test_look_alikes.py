"""The data of Smart Encoding is the published map, and leads into GSM-7."""

import json
from pathlib import Path

from twilio_sms.domain.look_alikes import LOOK_ALIKES
from twilio_sms.domain.segments import count_segments

FACTS = json.loads((Path(__file__).parents[2] / "vectors" / "segments_vectors.json").read_text(encoding="utf-8"))


def test_the_map_is_the_published_one():
    assert {chr(point): shown for point, shown in LOOK_ALIKES.items()} == FACTS["smart_encoding_map"]


def test_every_replacement_is_gsm_7():
    assert count_segments("".join(LOOK_ALIKES.values())).encoding == "GSM-7"
