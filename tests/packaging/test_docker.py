"""Dockerfile and compose file, which no CI builds: what they promise, held against the command that they start."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from fnmatch import fnmatch

import pytest
import yaml
from click.core import ParameterSource

from fake_twilio import FakeTwilio
from fake_twilio.commands.root import root
from tests.command_runner import CliRunner
from tests.packaging.ci import ROOT

FIXED_TAG = re.compile(r"[a-z0-9./-]+:(?!latest)[a-z0-9][a-z0-9.-]*")
ENTRY = "fake-twilio"


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, each with its words."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def last(wanted: str) -> str:
    """Return the words of the last instruction of a kind: it is the one that counts."""
    return [rest for word, rest in instructions() if word == wanted][-1]


def variables_of_serve() -> set[str]:
    options = root.commands["serve"].params
    return {str(option.envvar) for option in options if option.envvar}


def check_command(words: Sequence[str], variables: Mapping[str, str]) -> None:
    """Let click read the words and the variables, as it would in the container."""
    name, *arguments = words
    with CliRunner().isolation(env=variables), root.commands[name].make_context(name, arguments) as context:
        given = [name for name in context.params if context.get_parameter_source(name) is ParameterSource.ENVIRONMENT]

    assert set(variables) <= variables_of_serve()
    assert len(given) == len(variables)


def service() -> dict[str, object]:
    (only,) = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"].values()
    return only


@pytest.mark.parametrize("image", [rest.split()[0] for word, rest in instructions() if word == "FROM"])
def test_each_image_below_has_a_tag_that_stays(image: str) -> None:
    assert FIXED_TAG.fullmatch(image)


def test_it_does_not_run_as_root() -> None:
    user, _, group = last("USER").partition(":")

    assert int(user) > 0
    assert int(group) > 0


def test_what_it_starts_are_words_and_variables_of_the_command() -> None:
    set_here = dict(re.findall(r"(FAKE_TWILIO_\w+)=(\S+)", last("ENV")))

    assert json.loads(last("ENTRYPOINT")) == [ENTRY]
    check_command(json.loads(last("CMD")), set_here)
    assert set_here == {"FAKE_TWILIO_HOST": "0.0.0.0", "FAKE_TWILIO_PORT": last("EXPOSE")}


def test_what_is_copied_is_there_and_passes_the_ignore_file() -> None:
    ignore = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    passes = [line.removeprefix("!") for line in ignore if line.startswith("!")]
    copied = [rest.split()[:-1] for word, rest in instructions() if word == "COPY" and "--from" not in rest]

    sources = [source for sources in copied for source in sources]
    assert "*" in ignore
    assert sorted(sources) == sorted(passes)
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_it_is_healthy_while_somebody_answers_and_no_longer() -> None:
    options, _, command = last("HEALTHCHECK").partition(" CMD ")
    python, *words = json.loads(command)

    def health(port: int) -> int:
        variables = {**os.environ, "FAKE_TWILIO_PORT": str(port)}
        return subprocess.run([sys.executable, *words], env=variables, stderr=subprocess.DEVNULL).returncode

    with FakeTwilio(admin_token="t" * 24) as fake:
        assert health(fake.port) == 0
    assert health(fake.port) != 0
    assert python == "python"
    assert "--interval=" in options


def test_the_service_is_what_the_dockerfile_makes() -> None:
    assert service()["build"] == "."
    assert FIXED_TAG.fullmatch(str(service()["image"]))


def test_the_service_starts_with_words_and_variables_of_the_command() -> None:
    given = service()["environment"]

    assert isinstance(given, dict)
    assert "FAKE_TWILIO_ADMIN_TOKEN" in given
    check_command(service()["command"], given)


def test_the_service_is_reached_from_this_machine_alone_and_may_do_little() -> None:
    assert [port for port in service()["ports"] if not fnmatch(port, "127.0.0.1:*:7670")] == []
    assert service()["cap_drop"] == ["ALL"]
    assert service()["read_only"] is True
    assert service()["security_opt"] == ["no-new-privileges:true"]
