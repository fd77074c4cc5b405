"""Tests of which paths are tried."""

import pytest

from fake_twilio.domain.webhooks.workbench.address import Address
from fake_twilio.domain.webhooks.workbench.path_guesses import path_guesses


@pytest.mark.parametrize(
    ("path", "tried"),
    [
        ("", {"/"}),
        ("/a", {"/a/"}),
        ("//a/", {"//a", "/a/"}),
        ("/é", {"/é/", "/%C3%A9"}),
        ("/a%2fb", {"/a%2fb/", "/a/b", "/a%2Fb"}),
        ("/a%2Fb", {"/a%2Fb/", "/a/b", "/a%2fb"}),
    ],
)
def test_a_path_is_tried_in_each_way_that_is_another(path: str, tried: set[str]) -> None:
    address = Address("https", None, "h", None, path, None, None)

    assert {guess.path for _, guess in path_guesses(address)} == tried
