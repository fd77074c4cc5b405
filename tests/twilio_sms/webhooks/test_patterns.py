"""A pattern says which texts a handler is for, and no text keeps it busy."""

import re
import subprocess
import sys
from fnmatch import fnmatchcase
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webhooks import message
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.patterns import compile_pattern

LETTERS = "abAB éÉßяЯωΩ"


def matches(pattern, body):
    return compile_pattern(pattern)(message(body))


@pytest.mark.parametrize(
    ("pattern", "body"),
    [
        ("order *", "order 17"),
        ("order *", "  ORDER\u00a0 17\n"),
        ("order *", "Order"),
        ("order * *", "order"),
        ("order * *", "order 1 2"),
        ("*", ""),
        ("*", "anything\nat all"),
        ("* please", "now please"),
        ("a*b*c", "a b c"),
        ("a*b*c", "abcbc"),
        ("a**c", "abc"),
        ("yes", "YES"),
        ("y?s", "yes"),
        ("?", "😀"),
        ("*ss*", "Straße"),
        ("straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("[ab].+", "[AB].+"),
        ("a\\*", "a\\b"),
        (re.compile(r"\d{3}"), "call 911 now"),
        (re.compile("YES"), "YES"),
        pytest.param(lambda one: one.num_segments == 1, "x", id="a function"),
    ],
)
def test_a_text_that_it_is_for_matches(pattern, body):
    assert matches(pattern, body)


@pytest.mark.parametrize(
    ("pattern", "body"),
    [
        ("order *", "reorder 17"),
        ("order *", "orders 17"),
        ("order *", "my order 17"),
        ("order", "order 17"),
        ("y?s", "ys"),
        ("?", ""),
        ("yes", ""),
        ("ab*ba", "aba"),
        ("a*b*c", "acb"),
        ("[ab]", "a"),
        ("a.c", "abc"),
        (re.compile("YES"), "yes"),
    ],
)
def test_another_text_does_not(pattern, body):
    assert not matches(pattern, body)


@given(pattern=st.text(f"*?{LETTERS}", max_size=8), body=st.text(LETTERS, max_size=12))
def test_it_finds_what_a_shell_would(pattern, body):
    plain = " ".join(normalize("NFC", body).casefold().split())
    wanted = " ".join(normalize("NFC", pattern).casefold().split())
    if not wanted:
        return

    head = re.sub(r"(?: \*)+$", "", wanted)  # an argument may be missing, and so may several
    globs = [wanted] if head == wanted else [head, f"{head} *"]

    assert matches(pattern, body) == any(fnmatchcase(plain, glob) for glob in globs)


@given(
    body=st.text(LETTERS, max_size=12), spaces=st.lists(st.sampled_from(" \t\n\u00a0\u2003"), min_size=1, max_size=3)
)
def test_case_and_white_space_make_no_difference(body, spaces):
    pattern = "a *b*"
    space = "".join(spaces)

    assert (
        len({matches(pattern, one) for one in (body, body.upper(), body.lower(), space + body.replace(" ", space))})
        == 1
    )


@given(body=st.text(max_size=40))
def test_a_text_matches_itself_and_a_star(body):
    assert matches("*", body)
    if body.strip() and not {"*", "?"} & set(body):
        assert matches(body, body)


HOSTILE = "text, pattern = 'a' * 1600, '*a' * 40 + '*b'"
OURS = "from tests.webhooks import message; from twilio_sms.webhooks.patterns import compile_pattern"
OURS += "; compile_pattern(pattern)(message(text))"
NAIVE = "import re; re.fullmatch(pattern.replace('*', '.*'), text)"


def ends(code, within_seconds):
    try:
        subprocess.run([sys.executable, "-c", f"{HOSTILE}; {code}"], check=True, timeout=within_seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def test_a_hostile_text_keeps_no_thread_busy():
    assert ends(OURS, within_seconds=60)
    assert not ends(NAIVE, within_seconds=2)


@pytest.mark.parametrize("pattern", ["", "  ", None, 5, re.compile(b"x"), ["order *"]])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ValidationError, match="a pattern is a text such as"):
        compile_pattern(pattern)
