from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_httpserver import HTTPServer

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.checks import check_account, check_fake, check_options, host_of, host_users
from fake_twilio.load.errors import LoadError
from fake_twilio.load.options import Options
from tests.fake_twilio.load.doubles import Environment

HERE = "http://127.0.0.1:767"


def test_what_can_be_kept_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    options = Options(rate="2", messages="9", slo="p99_checkout=1s,errors=0", summary=str(folder), app_url=HERE)

    objectives = check_options(options, {"checkout"})

    assert [objective.name for objective in objectives] == ["p99_checkout", "errors"]
    assert folder.is_dir()


def test_nothing_is_wanted_of_a_load_without_options() -> None:
    assert check_options(Options(), ()) == ()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (Options(rate="0"), "a rate must be"),
        (Options(messages="0"), "--messages must be a whole number above 0"),
        (Options(messages="9", shape="ramp"), "ends with its shape: leave out that or --messages"),
        (Options(run_time=0), "-t must be above 0, is 0, which Locust takes for no end"),
        (Options(num_users=0), "-u must be 1 user or more, is 0: nobody would send"),
        (Options(num_users=-2, messages="9"), "-u must be 1 user or more, is -2"),
        (Options(slo="p99_checkout=1s"), "nobody measures 'checkout'"),
        (Options(slo=""), "--slo must be one objective or more"),
        (Options(summary="/proc/nothing/here"), "--summary /proc/nothing/here cannot be written to"),
        (Options(sink="http://192.0.2.1"), "loads go to this machine, 192.0.2.1 is another one"),
        (Options(app_url="https://api.twilio.com"), "a load never goes to Twilio, .* give --app-url another"),
    ],
)
def test_what_cannot_be_kept_is_refused(options: Options, told: str) -> None:
    with pytest.raises(LoadError, match=told):
        check_options(options, ())


@pytest.mark.parametrize("name", ["summary.html", "summary.txt", "summary.csv"])
def test_a_summary_that_could_not_be_written_whole_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()

    with pytest.raises(LoadError, match="cannot be written to: Is a directory"):
        check_options(Options(summary=str(tmp_path)), ())


def test_nothing_is_left_of_the_summary_of_an_earlier_load(tmp_path: Path) -> None:
    for name in ("summary.html", "summary.txt", "summary.csv"):
        (tmp_path / name).write_text("every objective is met")

    check_options(Options(summary=str(tmp_path)), ())

    assert {path.read_text() for path in tmp_path.iterdir()} == {""}


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")

    with pytest.raises(LoadError, match="cannot be written to"):
        check_options(Options(summary=str(tmp_path / "out")), ())


@pytest.mark.parametrize(
    ("given", "own", "classes", "variable", "host"),
    [
        (f"{HERE}1", f"{HERE}2", f"{HERE}3", f"{HERE}4", f"{HERE}1"),
        (None, f"{HERE}2", f"{HERE}3", f"{HERE}4", f"{HERE}2"),
        (None, None, f"{HERE}3", f"{HERE}4", f"{HERE}3"),
        (None, None, None, f"{HERE}4/", f"{HERE}4"),
    ],
)
def test_the_nearest_host_is_taken(
    given: str | None, own: str | None, classes: str | None, variable: str, host: str
) -> None:
    environment = Environment(host=given)
    environment.user_classes = [SimpleNamespace(host=None), SimpleNamespace(host=classes)]

    assert host_of(environment, {"TWILIO_BASE_URL": variable}, own) == host


def test_another_machine_is_taken_if_its_owner_says_so() -> None:
    url = "http://192.0.2.1"

    assert host_of(Environment(host=url, is_own_host=True), {}) == url
    with pytest.raises(LoadError, match="add --i-own-this-host"):
        host_of(Environment(host=url), {})


def test_without_a_host_there_is_no_load() -> None:
    with pytest.raises(LoadError, match="--host must be an address"):
        host_of(Environment(), {})


def test_users_without_a_host_get_that_of_the_load() -> None:
    environment = Environment()
    environment.user_classes = [SimpleNamespace(host=None), SimpleNamespace(host=f"{HERE}3")]

    assert host_users(environment, {"TWILIO_BASE_URL": f"{HERE}4"}) == f"{HERE}3"
    assert [user.host for user in environment.user_classes] == [f"{HERE}3", f"{HERE}3"]


def test_users_with_a_host_of_their_own_go_there_unless_the_load_has_one() -> None:
    environment = Environment()
    environment.user_classes = [SimpleNamespace(host=f"{HERE}1"), SimpleNamespace(host=f"{HERE}2")]

    host_users(environment, {})
    assert [user.host for user in environment.user_classes] == [f"{HERE}1", f"{HERE}2"]

    environment.host = f"{HERE}3"
    host_users(environment, {})
    assert [user.host for user in environment.user_classes] == [f"{HERE}3", f"{HERE}3"]


def test_no_class_of_users_goes_to_twilio() -> None:
    environment = Environment()
    environment.user_classes = [SimpleNamespace(host=HERE), SimpleNamespace(host="https://api.twilio.com")]

    with pytest.raises(LoadError, match="a load never goes to Twilio"):
        host_users(environment, {})


def test_a_fake_that_is_ready_plays_the_scenario(fake_twilio: FakeTwilioFixture) -> None:
    check_fake(fake_twilio.url, Options(scenario="carrier_reject"), fake_twilio.environment())

    assert fake_twilio.scenario_name == "carrier_reject"
    assert list(fake_twilio.messages) == []


def test_while_a_token_is_rotated_the_first_one_lets_in(fake_twilio: FakeTwilioFixture) -> None:
    environ = {**fake_twilio.environment(), "TWILIO_AUTH_TOKEN": f"{fake_twilio.auth_token},{'0' * 32}"}

    check_account(fake_twilio.url, environ)


def test_nothing_is_played_before_all_is_right(fake_twilio: FakeTwilioFixture) -> None:
    environ = {**fake_twilio.environment(), "TWILIO_AUTH_TOKEN": "0" * 32}
    before = fake_twilio.scenario_name

    with pytest.raises(LoadError, match="does not let this account in: set TWILIO_AUTH_TOKEN"):
        check_fake(fake_twilio.url, Options(scenario="carrier_reject"), environ)

    assert fake_twilio.scenario_name == before


def test_a_sink_that_is_missing_is_told(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(LoadError, match="no sink answers"):
        check_fake(fake_twilio.url, Options(sink="http://127.0.0.1:1"), fake_twilio.environment())


def test_a_sink_that_is_there_is_taken(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/counts").respond_with_json({})

    check_fake(fake_twilio.url, Options(sink=httpserver.url_for("")), fake_twilio.environment())


@pytest.mark.parametrize("secret", ["0b" * 16, "wrong"])
def test_a_key_and_its_secret_are_an_account_too(fake_twilio: FakeTwilioFixture, secret: str) -> None:
    environ = {"TWILIO_ACCOUNT_SID": fake_twilio.account_sid, "TWILIO_API_KEY": "SK" + "0" * 32}

    with pytest.raises(LoadError, match="does not let this account in"):
        check_account(fake_twilio.url, {**environ, "TWILIO_API_SECRET": secret})


@pytest.mark.fake_twilio(scenario="outage", settings={"from": "0s"})
def test_a_fake_in_an_outage_may_be_loaded(fake_twilio: FakeTwilioFixture) -> None:
    check_account(fake_twilio.url, fake_twilio.environment())
