"""Codes are what a text calls so: all of them are found, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.messages.codes import codes_in
from tests.fake_twilio.domain.messages.one_time_codes import WITH_CODES, WITHOUT_CODES


@pytest.mark.parametrize(("text", "codes"), WITH_CODES)
def test_a_code_is_found_where_a_sentence_has_it(text: str, codes: tuple[str, ...]) -> None:
    assert codes_in(text) == list(codes)


@pytest.mark.parametrize("text", WITHOUT_CODES)
def test_numbers_that_no_sentence_calls_a_code_are_none(text: str) -> None:
    assert codes_in(text) == []


@given(st.text(), st.text())
def test_whatever_stands_around_it_what_is_found_stands_in_the_text(before: str, after: str) -> None:
    text = f"{before}code 482913{after}"

    assert all(code in text for code in codes_in(text))


@given(
    st.lists(
        st.sampled_from(("code ", "1111 ", "is ", "your ", "a-", "(", ">", ": ", "use ", "\n", "@a #")), min_size=1
    )
)
def test_no_text_takes_long_however_often_it_repeats_itself(parts: list[str]) -> None:
    text = ("".join(parts) * 1600)[:1600]

    assert all(code in text for code in codes_in(text))
