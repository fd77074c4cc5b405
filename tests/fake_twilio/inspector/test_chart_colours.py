"""Each status has a colour of its own in the charts, and eyes of every kind tell them apart."""

import re
from importlib.resources import files
from itertools import combinations

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from tests.fake_twilio.inspector.eyes import EYES, contrast, difference

SCHEMES = {"light": 1, "dark": 2}  # which of the colours of light-dark() it is
LEAST = {"all cones": 0.12, "no long cones": 0.085, "no middle cones": 0.085, "no short cones": 0.07}


def sheet(name: str) -> str:
    return files("fake_twilio.inspector").joinpath("static", name).read_text("utf-8")


def colours(scheme: str) -> dict[str, str]:
    found = re.finditer(r"\.of-(\w+) \{ --series: light-dark\((#\w{6}), (#\w{6})\); \}", sheet("charts.css"))
    return {one[1]: one[SCHEMES[scheme] + 1] for one in found}


def panel(scheme: str) -> str:
    found = re.search(r"--panel: light-dark\((#\w{6}), (#\w{6})\)", sheet("page.css"))
    assert found
    return found[SCHEMES[scheme]]


def alike(shown: dict[str, str], eye: str) -> list[tuple[str, str]]:
    """Return the names whose colours are too close to each other for an eye."""
    return [pair for pair in combinations(shown, 2) if difference(*(shown[one] for one in pair), eye) < LEAST[eye]]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_status_has_a_colour_that_is_seen(scheme: str) -> None:
    shown = colours(scheme)

    assert set(shown) == set(Status)
    assert [name for name, color in shown.items() if contrast(color, panel(scheme)) < 3] == []


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_two_statuses_look_alike(scheme: str, eye: str) -> None:
    assert alike(colours(scheme), eye) == []


@pytest.mark.parametrize(
    ("eye", "pair"),
    [
        pytest.param("all cones", ("#a8201f", "#a1215f"), id="two reds"),
        pytest.param("no long cones", ("#7a2a2a", "#44402a"), id="a red and a green, without long cones"),
        pytest.param("no middle cones", ("#b0691f", "#6d8a1e"), id="a red and a green, without middle cones"),
        pytest.param("no short cones", ("#1f7a8c", "#1f8c5a"), id="a blue and a green"),
    ],
)
def test_what_an_eye_confuses_is_found(eye: str, pair: tuple[str, str]) -> None:
    assert alike(dict(zip("ab", pair, strict=True)), eye) == [("a", "b")]


def test_the_judge_agrees_with_what_is_known() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert difference("#000000", "#ffffff", "all cones") == pytest.approx(1, abs=0.001)
