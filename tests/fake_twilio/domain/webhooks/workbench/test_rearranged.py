"""Tests of parameters that stand elsewhere."""

import hashlib

import pytest

from fake_twilio.domain.webhooks.workbench.pasted import Pasted, Reading, read_parameters
from fake_twilio.domain.webhooks.workbench.rearranged import rearranged


def tried(url: str, parameters: str) -> set[tuple[str, str]]:
    return {(where, tail) for _, where, tail in rearranged(url, read_parameters(parameters))}


def test_parameters_go_to_the_query_all_of_them_or_one() -> None:
    assert tried("https://h/", "a=%20&b=2") == {
        ("https://h/?a=%20&b=2", ""),
        ("https://h/?a=+", "b2"),
        ("https://h/?b=2", "a "),
    }


def test_the_query_goes_to_the_parameters_or_out_of_them() -> None:
    assert {("https://h/", "a1x9"), ("https://h/?x=9", "a1")} <= tried("https://h/?x=9", "a=1")
    assert ("https://h/?x=9", "a1") in tried("https://h/?x=9", "a=1&x=9")


def test_lines_are_written_as_a_query_is() -> None:
    assert ("https://h/?x=1&a=b+%26&c=%2B", "") in tried("https://h/?x=1", "a=b &\nc=+")


def test_the_hash_of_a_body_goes_to_the_url_unless_there_is_one() -> None:
    digest = hashlib.sha256(b"[1]").hexdigest()

    assert (f"https://h/?bodySHA256={digest}", "") in tried("https://h/", "[1]")
    assert list(rearranged("https://h/?bodySHA256=0", Pasted(Reading.BODY, (), "[1]"))) == []


@pytest.mark.parametrize(("url", "parameters"), [("/sms", "a=1"), ("https://h/", ""), ("https://h/", "a=1&" * 300)])
def test_nothing_is_tried_where_nothing_can_be(url: str, parameters: str) -> None:
    assert tried(url, parameters) == set()
