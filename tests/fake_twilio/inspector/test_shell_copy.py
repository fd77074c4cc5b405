"""A text stays one argument of a line, and drives no terminal that it is pasted into."""

import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.twilio.form import Form, read_form
from fake_twilio.inspector.asking import Asking
from fake_twilio.inspector.shell_copy import curl, curl_of_inbound
from tests.fake_twilio.doubles import ACCOUNT_SID, make_message

URL = "http://127.0.0.1:7670"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def line(*form: tuple[str, str], notes: tuple[str, ...] = ()) -> str:
    return curl(make_message(), Asking(form, notes=notes), URL, "it's a token")


def test_a_readable_text_stands_as_it_is() -> None:
    assert line(("To", "+1"), ("Body", "it's $5")) == (
        f"curl {URL}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json -u '{ACCOUNT_SID}:it'\"'\"'s a token' \\\n"
        "  --data-urlencode To=+1 \\\n"
        "  --data-urlencode 'Body=it'\"'\"'s $5'"
    )


@pytest.mark.parametrize("text", ["\r", "\x03", "\x1b[2J", "\0", "\u202e", "\x9b"])
def test_what_drives_a_terminal_stands_in_percent_signs(text: str) -> None:
    copied = line(("Body", f"a{text}b"))

    assert text not in copied
    assert "--data-raw Body=a%" in copied


def test_a_name_is_escaped_since_curl_does_not_do_that() -> None:
    assert "--data-urlencode a%26b%40c=x" in line(("a&b@c", "x"))
    assert "--data-raw =x" in line(("", "x"))


def test_notes_stand_above_the_line() -> None:
    assert line(("Body", "x"), notes=("one", "two")).startswith("# one\n# two\ncurl ")


@given(form=st.lists(st.tuples(TEXTS, TEXTS), max_size=4).map(tuple))
def test_whatever_stands_in_a_form_its_fields_come_back(form: Form) -> None:
    words = shlex.split(line(*form))

    parts = [words[place + 1] for place, word in enumerate(words) if word.startswith("--data-raw")]
    fields = [words[place + 1] for place, word in enumerate(words) if word == "--data-urlencode"]
    assert len(parts) + len(fields) == len(form)
    assert set(read_form("&".join(parts).encode())) <= set(form)


def test_what_a_person_sent_is_brought_in_again() -> None:
    message = make_message(direction="inbound", body="it's\n\r😀", media_urls=("https://a.test/x",))

    words = shlex.split(curl_of_inbound(message, URL))

    assert words[1] == f"{URL}/_fake/receive"
    told = json.loads(words[words.index("--data") + 1])
    assert (told["body"], told["media_urls"]) == ("it's\n\r😀", ["https://a.test/x"])
