"""The fixture as a stranger's suite uses it."""

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = """
    import json
    import pytest
    from twilio_sms import Client
    from twilio_sms.transport.wire import Response

    class Twilio:
        def send(self, request):
            form = dict(request.form)
            tree = {"sid": "SM" + "0c" * 16, "to": form["To"], "body": form["Body"], "status": "queued"}
            return Response(201, {}, json.dumps(tree).encode())

        def close(self):
            pass

    @pytest.fixture
    def twilio_cassette_transport():
        return Twilio()

    def send(transport, body="hello"):
        with Client("AC" + "0a" * 16, "0b" * 16, transport=transport) as client:
            return client.messages.send(to="+15551234567", from_="+15005550006", body=body)
"""
SENDS = """
    from conftest import send

    def test_it(twilio_cassette):
        assert send(twilio_cassette).status == "queued"
"""


@pytest.fixture
def theirs(suite: pytest.Pytester) -> pytest.Pytester:
    suite.makeconftest(CONFTEST)
    suite.makepyfile(test_app=SENDS)
    return suite


def run(theirs: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run their suite with the plugin, also where this package is installed without its entry point, or with it."""
    imported = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # the plugin was, by the run around this one
    return theirs.runpytest_inprocess("-p", "no:twilio_sms", "-p", "twilio_sms.pytest_plugin", *imported, *arguments)


def kept(theirs: pytest.Pytester) -> list[str]:
    return sorted(path.relative_to(theirs.path).as_posix() for path in theirs.path.rglob("cassettes/**/*.json"))


def test_a_test_is_recorded_once_under_its_name_and_played_then(theirs: pytest.Pytester) -> None:
    run(theirs).assert_outcomes(passed=1)
    assert kept(theirs) == ["cassettes/test_app/test_it.json"]

    theirs.makeconftest(CONFTEST.replace("return Response", "raise AssertionError"))
    run(theirs, "--twilio-cassette-mode=none").assert_outcomes(passed=1)


def test_what_is_not_recorded_is_not_played(theirs: pytest.Pytester) -> None:
    result = run(theirs, "--twilio-cassette-mode=none")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*record it first*"])


def test_all_records_anew(theirs: pytest.Pytester) -> None:
    file = theirs.path / "cassettes" / "test_app" / "test_it.json"
    file.parent.mkdir(parents=True)
    file.write_text("old")

    run(theirs, "--twilio-cassette-mode=all").assert_outcomes(passed=1)

    assert "interactions" in file.read_text()


def test_a_test_that_asks_for_less_fails_at_its_end(theirs: pytest.Pytester) -> None:
    run(theirs).assert_outcomes(passed=1)
    theirs.makepyfile(test_app="def test_it(twilio_cassette): pass")

    result = run(theirs)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*1 interactions of the cassette*were not asked for*"])


def test_a_test_that_fails_says_only_why(theirs: pytest.Pytester) -> None:
    run(theirs).assert_outcomes(passed=1)
    theirs.makepyfile(test_app="def test_it(twilio_cassette): assert False")

    run(theirs).assert_outcomes(failed=1)


def test_parameters_are_part_of_the_name(theirs: pytest.Pytester) -> None:
    theirs.makepyfile(
        test_app="""
        import pytest
        from conftest import send

        @pytest.mark.parametrize("body", ["a/b", "../c"])
        def test_it(twilio_cassette, body):
            send(twilio_cassette, body)
        """
    )

    run(theirs).assert_outcomes(passed=2)

    assert kept(theirs) == ["cassettes/test_app/test_it-..-c.json", "cassettes/test_app/test_it-a-b.json"]


def test_the_marker_says_how(theirs: pytest.Pytester) -> None:
    theirs.makepyfile(
        test_app="""
        import pytest
        from conftest import send

        @pytest.mark.twilio_cassette(name="shared", match="loose", ignored=("Attempt",))
        def test_it(twilio_cassette):
            send(twilio_cassette)
        """
    )

    run(theirs).assert_outcomes(passed=1)

    assert kept(theirs) == ["cassettes/test_app/shared.json"]


@pytest.mark.parametrize("marker", ["twilio_cassette(modus='all')", "twilio_cassette('all')"])
def test_a_word_that_the_marker_does_not_know_is_an_error(theirs: pytest.Pytester, marker: str) -> None:
    theirs.makepyfile(
        test_app=f"""
        import pytest

        @pytest.mark.{marker}
        def test_it(twilio_cassette):
            pass
        """
    )

    result = run(theirs)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the marker twilio_cassette takes ignored, match, mode, name, not*"])


def test_a_mode_may_stand_in_the_settings_and_is_checked(theirs: pytest.Pytester) -> None:
    run(theirs, "-o", "twilio_cassette_mode=none").assert_outcomes(errors=1)

    run(theirs, "-o", "twilio_cassette_mode=new").stdout.fnmatch_lines(["*must be one of once, all, none, is 'new'*"])


def test_it_loads_nothing_but_pytest(tmp_path: Path) -> None:
    script = (
        "import sys; import twilio_sms.pytest_plugin; "
        "print({m for m in sys.modules if m.startswith('twilio_sms.')} | {'requests'} & set(sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "{'twilio_sms.pytest_plugin'}"
