"""The page about templates: what it shows runs."""

from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import examples, run

EXAMPLES = examples("docs/templates.md")


def test_a_message_is_sent_by_the_name_of_its_text(fake_twilio: FakeTwilioFixture) -> None:
    sent, rendered = run(EXAMPLES["template_send"]).splitlines()

    assert sent == fake_twilio.messages[0].body == "Hi Zoe, your code is 1234. It costs $0."
    assert rendered == "Hi Ann, your code is 7. It costs $0."


def test_a_folder_is_loaded_whole(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    loaded, refused, rendered = run(EXAMPLES["template_folder"]).splitlines()

    assert loaded == "('code', 'welcome')"
    assert refused.endswith("code.txt: the template has a $ that begins no name at character 17: write $$ for a $")
    assert rendered == "Your code is 1234."


def test_a_preview_says_whose_fault_it_is(fake_twilio: FakeTwilioFixture) -> None:
    first, foreigner, smart, gsm7, ucs2, most = run(EXAMPLES["template_preview"]).splitlines()

    assert first.startswith("UCS-2 3 segments, ")
    assert foreigner == """'\u2019' in name -> "'\""""
    assert smart == "with Smart Encoding: GSM-7 1"
    assert gsm7 == "Bound(encoding='GSM-7', segments=2, most_segments=2)"
    assert ucs2 == "Bound(encoding='UCS-2', segments=3, most_segments=4)"
    assert most == "never more than 4"


def test_every_example_is_run() -> None:
    assert set(EXAMPLES) == {"template_send", "template_folder", "template_preview"}
