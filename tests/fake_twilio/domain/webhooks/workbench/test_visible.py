"""Tests of what cannot be seen, and is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.workbench.visible import Piece, contrast, name_of, pieces

UNSEEN = [
    ("\u200b", "U+200B"),
    ("\u00a0", "NBSP"),
    ("\u202e", "U+202E"),
    ("\n", "LF"),
    ("\r", "CR"),
    ("\t", "TAB"),
    ("\0", "NUL"),
    ("\x1b", "ESC"),
    ("\ud800", "U+D800"),
    ("\u0301", "U+0301"),
    ("\ufe0f", "U+FE0F"),
    ("\u3164", "U+3164"),
    ("\ufffd", "U+FFFD"),
    ("\u2028", "U+2028"),
]


@pytest.mark.parametrize(("character", "shown"), UNSEEN, ids=[shown for _, shown in UNSEEN])
def test_what_cannot_be_seen_is_named(character: str, shown: str) -> None:
    assert pieces(f"a{character}b") == (Piece("a"), Piece(shown, "unseen", name_of(character)), Piece("b"))


@pytest.mark.parametrize("text", ["Grüße", "日本", "नमस्ते", "😀", "~!|"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert pieces(text) == (Piece(text),)


def test_blanks_are_a_piece_of_their_own() -> None:
    assert pieces(" a  b") == (Piece(" ", "blank"), Piece("a"), Piece("  ", "blank"), Piece("b"))


@given(st.text(max_size=30))
def test_nothing_is_lost_and_all_of_it_can_be_sent(text: str) -> None:
    shown = pieces(text)

    assert all(piece.text.encode() for piece in shown)
    assert sum(1 if piece.kind == "unseen" else len(piece.text) for piece in shown) == len(text)


TEXT = st.text(st.characters(categories=["Ll", "Nd"]), max_size=8)


@given(TEXT, TEXT, TEXT, TEXT)
def test_a_contrast_puts_both_texts_together_again(start: str, one: str, other: str, end: str) -> None:
    shown = contrast(start + one + end, start + other + end)

    def joined(middle: tuple[Piece, ...]) -> str:
        return "".join(piece.text for piece in (*shown.start, *middle, *shown.end))

    assert (joined(shown.sent), joined(shown.seen)) == (start + one + end, start + other + end)


def test_a_contrast_is_as_short_as_can_be() -> None:
    shown = contrast("aab", "ab")

    assert (shown.start, shown.sent, shown.seen, shown.end) == ((Piece("a"),), (Piece("a"),), (), (Piece("b"),))


def test_strange_characters_in_which_texts_differ_are_named() -> None:
    assert contrast("pay", "p\u0430y").names == "sent U+0061 LATIN SMALL LETTER A; yours U+0430 CYRILLIC SMALL LETTER A"
    assert contrast("pay", "pey").names == ""
    assert contrast("", "\u200b" * 9).names.endswith("ZERO WIDTH SPACE, …")


def test_a_character_without_a_name_has_a_number() -> None:
    assert name_of("\x07") == "U+0007 a character without a name"
    assert name_of("\n") == "U+000A LF"
