"""The report as a stranger's suite gets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
    import pytest
    from twilio_sms import Client, TwilioError

    def app(environ, start):
        start("204 No Content", [])
        return []

    def send(fake_twilio, to="+15551234567"):
        fake_twilio.mount("https://app.test", app)
        with Client.from_env() as client:
            client.messages.send(to=to, from_="+15005550006", body="hello", status_callback="https://app.test/")

    @pytest.mark.fake_twilio(scenario="opted_out")
    def test_refused(fake_twilio):
        for _ in range(2):
            with pytest.raises(TwilioError):
                send(fake_twilio, "+15550200000")

    @pytest.mark.fake_twilio(scenario="carrier_reject")
    def test_filtered(fake_twilio):
        send(fake_twilio, "+15550100001")
        fake_twilio.settle()
        fake_twilio.reset("delivered")

    @pytest.mark.fake_twilio(scenario="forged.yaml")
    @pytest.mark.parametrize("text", ["<b>"])
    def test_forged(fake_twilio, text):
        send(fake_twilio)
        fake_twilio.settle()
"""
FORGED = """
    about: Callbacks are signed wrongly.
    include: [delivered]
    rules: [{then: {callbacks: {bad_signature: true}}}]
"""
MET = {"opted_out", "carrier_filter", "callback_bad_signature"}


@pytest.fixture(autouse=True)
def files(suite: pytest.Pytester) -> None:
    suite.makefile(".yaml", forged=FORGED)
    suite.makepyfile(test_suite=SUITE)


def report_of(pytester: pytest.Pytester) -> dict[str, list[str]]:
    """Return the failures that the report names, with their tests."""
    tree = json.loads(Path(pytester.path, "out", "report.json").read_text("utf-8"))
    assert tree["exercised"] == len([one for one in tree["failures"] if one["tests"]])
    return {one["name"]: one["tests"] for one in tree["failures"] if one["tests"]}


def test_without_an_option_nothing_is_told(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess()

    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*failures exercised*")


def test_it_tells_what_was_exercised_and_how_the_app_behaved(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess("--fake-twilio-report")

    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "*fake-twilio: what can fail*",
            "3 of * failures exercised",
            "refused requests, 1 of *: opted_out",
            "*never   bad_credentials: The credentials are wrong*",
            "*rules: [[]{then: {refuse: 20003}}[]]",
            "messages that do not arrive, 1 of *: carrier_filter",
            "how the apps behaved",
            "  not seen*Retry-After is honoured*",
            "  PASS      webhooks are answered in time: webhooks: 2, too late: 0*",
            "  FAIL      wrong signatures are refused: signed wrongly: 2, refused: 0, taken: 2",
            "  FAIL      opt-outs are respected: opted out: 1, written to all the same (21610): 1",
        ]
    )


def test_the_files_name_the_tests(pytester: pytest.Pytester) -> None:
    paths = ("--fake-twilio-report-json=out/report.json", "--fake-twilio-report-html=out/report.html")

    result = pytester.runpytest_inprocess(*paths)

    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*failures exercised*")
    assert report_of(pytester)["carrier_filter"] == ["test_suite.py::test_filtered"]
    assert set(report_of(pytester)) == MET
    assert "test_forged[&lt;b&gt;]" in Path(pytester.path, "out", "report.html").read_text("utf-8")


@pytest.mark.parametrize(("threshold", "status"), [("3", 0), ("5%", 0), ("4", 1), ("50%", 1)])
def test_a_suite_that_exercises_too_little_fails(pytester: pytest.Pytester, threshold: str, status: int) -> None:
    result = pytester.runpytest_inprocess(f"--fake-twilio-fail-under={threshold}")

    assert result.ret == status
    result.assert_outcomes(passed=3)
    if status:
        result.stdout.fnmatch_lines(["fake-twilio: 3 of * failures exercised, wanted at least *never exercised: *"])
    else:
        result.stdout.no_fnmatch_line("*never exercised*")


def test_a_threshold_that_is_none_is_a_usage_error(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_inprocess("--fake-twilio-fail-under=lots")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--fake-twilio-fail-under: wanted a count*, came 'lots'"])


def test_a_failed_suite_stays_failed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): assert False")

    assert pytester.runpytest_inprocess("--fake-twilio-fail-under=0").ret == pytest.ExitCode.TESTS_FAILED


def test_a_suite_without_the_fixture_has_exercised_nothing(pytester: pytest.Pytester) -> None:
    path = pytester.makepyfile("def test_it(): pass")

    result = pytester.runpytest_inprocess(path, "--fake-twilio-report")

    assert result.ret == 0
    result.stdout.fnmatch_lines(["0 of * failures exercised"])


def test_the_workers_of_xdist_hand_over_their_shares(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the other plugins here take seconds to load
    options = ("--fake-twilio-report-json=out/report.json", "--fake-twilio-fail-under=4")

    result = pytester.runpytest_subprocess("-p", "xdist", "-p", "fake_twilio.pytest_plugin", "-n", "2", *options)

    result.assert_outcomes(passed=3)
    assert result.ret == 1
    assert set(report_of(pytester)) == MET


def test_it_imports_nothing_but_pytest() -> None:
    check = "import sys, fake_twilio.report_plugin; print([name for name in sys.modules if 'fake_twilio.kit' in name])"

    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
