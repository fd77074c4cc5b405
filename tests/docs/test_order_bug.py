"""The example with the planted bug: `explore` finds it, and the scenario file that it writes brings it back."""

from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "order_bug.py"
EXPLORING = """
    from pathlib import Path
    from shop import Careless, announce

    def test_it(fake_twilio):
        fake_twilio.explore(lambda fake: announce(fake, Careless()), write_to="found.yaml")
"""
AGAIN = """
    import pytest
    from shop import Careful, Careless, announce

    pytestmark = pytest.mark.fake_twilio(scenario="found.yaml", seed=1)

    def test_careless(fake_twilio):
        announce(fake_twilio, Careless())

    def test_careful(fake_twilio):
        announce(fake_twilio, Careful())
"""


@pytest.fixture(autouse=True)
def files(suite: pytest.Pytester) -> None:
    suite.makepyfile(shop=EXAMPLE.read_text("utf-8"))


def test_the_example_does_what_it_says(pytester: pytest.Pytester) -> None:
    pytester.runpytest_inprocess("shop.py").assert_outcomes(passed=2)


def test_what_is_found_comes_back_in_a_fresh_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_exploring=EXPLORING)
    found = pytester.runpytest_inprocess("test_exploring.py")
    pytester.makepyfile(test_again=AGAIN)

    again = pytester.runpytest_subprocess("test_again.py")

    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(["*Broken: the test breaks (schedule 2): message 1: delivered, then sent*"])
    found.stdout.fnmatch_lines(["*pytest.mark.fake_twilio(scenario='found.yaml', seed=*, start=*)*"])
    again.assert_outcomes(failed=1, passed=1)
    again.stdout.fnmatch_lines([">*assert believed == *"])
