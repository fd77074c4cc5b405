"""The fixture as a stranger's suite uses it."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture

SENDING = """
    from twilio_sms import Client

    def send(body):
        with Client.from_env() as client:
            return client.messages.send(to="+15551234567", from_="+15005550006", body=body)
"""
# What a bare installation does not have; None in sys.modules makes each import fail as if it were not there.
BARE = "import sys; sys.modules.update(dict.fromkeys(['flask', 'werkzeug', 'yaml', 'pydantic', 'click', 'rich']));"


@pytest.fixture(autouse=True)
def files(suite: pytest.Pytester) -> None:
    suite.makepyfile(sending=SENDING)


def test_every_test_has_a_world_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        from sending import send

        def test_one(fake_twilio):
            send("one")
            assert [message.body for message in fake_twilio.messages] == ["one"]

        def test_two(fake_twilio):
            send("two")
            assert [message.body for message in fake_twilio.messages] == ["two"]
    """)

    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_the_marker_says_scenario_start_and_seed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest
        from datetime import UTC, datetime
        from sending import send

        @pytest.mark.fake_twilio(scenario="slow_carrier", seed=5, start=datetime(2026, 5, 1, tzinfo=UTC))
        def test_it(fake_twilio):
            sent = send("x")
            assert fake_twilio.settle()[-1].at == sent.date_created.timestamp() + 630
            assert sent.date_created == datetime(2026, 5, 1, tzinfo=UTC)
            assert fake_twilio.seed == 5

        @pytest.mark.fake_twilio(clock="real")
        def test_real(fake_twilio):
            assert send("x").status == "queued"

        @pytest.mark.fake_twilio(clock="instant", scenario="slow_carrier", start=1000)
        def test_instant(fake_twilio):
            sent = send("x")
            with fake_twilio.client() as client:
                while client.messages.get(sent.sid).status != "delivered":
                    pass
            assert fake_twilio.now == 1630
    """)

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=3)


def test_a_mounted_app_goes_with_its_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest

        def test_one(fake_twilio):
            fake_twilio.mount("https://app.test", lambda environ, start: [])

        def test_two(fake_twilio):
            with pytest.raises(LookupError):
                fake_twilio.unmount("https://app.test")
    """)

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        pytest.param(
            "scenarios='delivered'",
            "*takes allow_escape, clock, scenario, seed, settings, start, not scenarios*",
            id="a typo",
        ),
        pytest.param("'delivered'", "*not positional arguments*", id="positional"),
        pytest.param("clock='sundial'", "*clock must be *manual*, *real* or *instant*, is *sundial*", id="no clock"),
        pytest.param("allow_escape='yes'", "*allow_escape must be True or False, is 'yes'", id="no switch"),
        pytest.param("seed='abc'", "*seed must be a whole number, is 'abc'*", id="no seed"),
        pytest.param("scenario='nowhere'", "*nowhere: no such file*", id="no scenario"),
    ],
)
def test_a_marker_that_cannot_be_is_an_error_that_says_so(pytester: pytest.Pytester, marker: str, told: str) -> None:
    pytester.makepyfile(f"""
        import pytest

        @pytest.mark.fake_twilio({marker})
        def test_it(fake_twilio):
            pass
    """)

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([told])
    result.stdout.no_fnmatch_line("*pytest_plugin.py:*")


def test_markers_of_class_and_test_add_up_and_the_closest_wins(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest

        @pytest.mark.fake_twilio(scenario="carrier_reject", seed=1)
        class TestIt:
            @pytest.mark.fake_twilio(seed=5)
            def test_it(self, fake_twilio):
                assert (fake_twilio.scenario_name, fake_twilio.seed) == ("carrier_reject", 5)
    """)

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=1)


def test_a_real_clock_stops_with_its_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest, threading

        @pytest.mark.fake_twilio(clock="real")
        def test_real(fake_twilio):
            assert any(thread.name == "fake-twilio-ticker" for thread in threading.enumerate())

        def test_after():
            assert not any(thread.name == "fake-twilio-ticker" for thread in threading.enumerate())
    """)

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=2)


def test_a_failed_test_tells_seed_and_start_together(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest

        @pytest.mark.fake_twilio(seed=77, start=1000000000)
        def test_it(fake_twilio):
            assert False
    """)

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*seed=77 start=1000000000 scenario=delivered*"])


def test_a_failed_test_ends_with_the_timelines_of_its_messages(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        from sending import send

        def test_it(fake_twilio):
            send("hello")
            fake_twilio.advance("0.2s")
            assert False

        def test_passes(fake_twilio):
            send("passed")
    """)

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        [
            "*seed=* scenario=delivered",
            "SM*  +15005550006 -> +15551234567  'hello'",
            "*+0.000 s  queued *created, no rule matched",
            "*+0.100 s  sending",
            "*to come *sent, delivered",
        ]
    )
    result.stdout.no_fnmatch_line("*'passed'*")


def test_what_fails_after_the_fixture_still_tells_its_timelines(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import pytest
        from sending import send

        @pytest.fixture
        def strict():
            yield
            assert False, "too late"

        @pytest.mark.fake_twilio(seed=77)
        def test_it(strict, fake_twilio):
            send("hello")
    """)

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*seed=77 *", "SM*'hello'", "*+0.000 s  queued*"])


def test_a_run_is_forgotten_when_its_test_has_ended(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import gc
        from fake_twilio.domain.messages.message import Message
        from sending import send

        def kept():
            return [thing for thing in gc.get_objects() if isinstance(thing, Message) and thing.body == "of one test"]

        def test_one(fake_twilio):
            send("of one test")
            assert kept()

        def test_two():
            gc.collect()
            assert kept() == []
    """)

    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_with_xdist_a_failed_test_tells_its_timelines_too(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the other plugins here take seconds to load
    pytester.makepyfile("""
        import pytest
        from sending import send

        @pytest.mark.parametrize("n", range(2))
        def test_it(fake_twilio, n):
            send(f"text {n}")
            assert False
    """)

    result = pytester.runpytest_subprocess("-p", "xdist", "-p", "fake_twilio.pytest_plugin", "-n", "2")

    result.assert_outcomes(failed=2)
    for n in range(2):
        result.stdout.fnmatch_lines([f"SM*'text {n}'", "*+0.000 s  queued*"])


def test_nobody_escapes_to_twilio_during_a_test_unless_it_may(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import socket
        import pytest
        from fake_twilio import EscapeError

        def look_up():  # as far as a name goes without a network
            socket.getaddrinfo("api.twilio.com", 443, flags=socket.AI_NUMERICHOST)

        def test_with(fake_twilio):
            with pytest.raises(EscapeError):
                look_up()

        @pytest.mark.fake_twilio(allow_escape=True)
        def test_allowed(fake_twilio):
            with pytest.raises(socket.gaierror):
                look_up()

        def test_without():
            with pytest.raises(socket.gaierror):
                look_up()
    """)

    pytester.runpytest_inprocess("--strict-markers").assert_outcomes(passed=3)


def test_an_app_that_sends_to_the_real_twilio_sees_what_to_do(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        from twilio.rest import Client

        def test_it(fake_twilio):
            Client().messages.create(to="+15551234567", from_="+15005550006", body="x")
    """)

    result = pytester.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *EscapeError: a connection to api.twilio.com was stopped:*patch_sdk(client)*"])


def test_a_patched_client_goes_its_own_way_after_the_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        from twilio.rest import Client

        client = Client("AC" + "0" * 32, "token")
        before = client.http_client

        def test_one(fake_twilio):
            fake_twilio.patch_sdk(client)
            client.messages.create(to="+15551234567", from_="+15005550006", body="x")

        def test_two():
            assert client.http_client is before
            before.session.close()
    """)

    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_the_variables_lead_to_the_fake_and_no_other_is_left(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "of the real account")
    pytester.makepyfile("""
        import os

        def test_it(fake_twilio):
            found = {name: value for name, value in os.environ.items() if name.startswith("TWILIO_")}
            assert found == {
                "TWILIO_ACCOUNT_SID": fake_twilio.account_sid,
                "TWILIO_AUTH_TOKEN": fake_twilio.auth_token,
                "TWILIO_BASE_URL": fake_twilio.url,
            }

        def test_after():
            assert os.environ["TWILIO_EDGE"] == "dublin"
            assert os.environ["TWILIO_AUTH_TOKEN"] == "of the real account"
    """)

    pytester.runpytest_inprocess().assert_outcomes(passed=2)


def test_each_worker_of_xdist_has_a_fake_of_its_own(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the other plugins here take seconds to load
    pytester.makepyfile("""
        import os
        from pathlib import Path
        import pytest
        from sending import send

        @pytest.mark.parametrize("n", range(8))
        def test_it(fake_twilio, n):
            send(str(n))
            assert [message.body for message in fake_twilio.messages] == [str(n)]
            Path("ports", f"{os.environ['PYTEST_XDIST_WORKER']}-{fake_twilio.port}").touch()
    """)
    ports = Path(pytester.path, "ports")
    ports.mkdir()

    pytester.runpytest_subprocess("-p", "xdist", "-p", "fake_twilio.pytest_plugin", "-n", "2").assert_outcomes(passed=8)

    seen = [name.name.split("-") for name in ports.iterdir()]
    assert len(seen) == 2
    assert len({worker for worker, _ in seen}) == len({port for _, port in seen}) == 2


def test_without_the_extra_pytest_still_runs_and_the_fixture_says_what_to_install(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the other plugins here need what is missing there
    pytester.makepyfile("""
        def test_plain():
            assert True

        def test_fake(fake_twilio):
            assert True
    """)
    run = f"{BARE} import pytest; sys.exit(pytest.main(['-p', 'fake_twilio.pytest_plugin']))"

    result = pytester.run(sys.executable, "-c", run)

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(['*pip install "twilio-sms[[]pytest[]]"*'])


def test_the_plugin_imports_nothing_but_pytest() -> None:
    check = "import sys, fake_twilio.pytest_plugin; print({'flask', 'requests', 'yaml'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_the_marker_sets_variables_of_the_scenario(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", mine="about: x.\nvars: {code: 21211}\ndefaults: {refuse: '${code}'}\n")
    pytester.makepyfile("""
        import pytest

        @pytest.mark.fake_twilio(scenario="mine.yaml", settings={"code": "21610"})
        def test_it(fake_twilio):
            assert fake_twilio.scenario.otherwise.options[0][1].refusal.code == 21610
    """)

    pytester.runpytest_inprocess().assert_outcomes(passed=1)


def test_the_collector_works_on_and_passes_over_what_was_imported(fake_twilio: FakeTwilioFixture) -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 10_000
