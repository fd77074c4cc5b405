"""Tests of the letters in escapes."""

from fake_twilio.domain.webhooks.workbench.escapes import in_capitals, in_small_letters


def test_only_escapes_change() -> None:
    assert in_small_letters("/A%2FB%C3%zz%") == "/A%2fB%c3%zz%"
    assert in_capitals("/a%2fb%c3%zz%") == "/a%2Fb%C3%zz%"
