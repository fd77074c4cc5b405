import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fake_twilio.load.door import check_files, check_master_port

WITHOUT_LOCUST = "import sys; sys.modules['locust'] = None; "
INSTALL = 'fake_twilio.load needs Locust: pip install "twilio-sms[load]"'


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)


def parsed(**changed: Any) -> Any:
    usual = {"master": False, "worker": False, "processes": None, "master_bind_host": "*", "master_bind_port": 5557}
    usual |= {"master_port": changed.get("master_bind_port", 5557)}
    return SimpleNamespace(**{**usual, **changed})


def test_without_locust_the_command_says_what_to_install() -> None:
    done = run(f"{WITHOUT_LOCUST} from fake_twilio.load.door import main; main()")

    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{INSTALL}\n")


@pytest.mark.parametrize("name", ["TwilioUser"])
def test_without_locust_an_import_says_what_to_install(name: str) -> None:
    done = run(f"{WITHOUT_LOCUST} from fake_twilio.load import {name}")

    assert done.stderr.splitlines()[-1] == f"ModuleNotFoundError: {INSTALL}"
    assert done.stderr.count("Traceback") == 1


def test_what_needs_no_locust_does_without() -> None:
    names = "LoadError, RequestFailed, attach, constant_arrivals, offer"

    done = run(f"{WITHOUT_LOCUST} from fake_twilio.load import {names}")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "module",
    ["fake_twilio", "fake_twilio.fixture", "fake_twilio.load", "fake_twilio.load.session", "fake_twilio.load.door"],
)
def test_an_import_does_not_patch_the_process(module: str) -> None:
    assert run(f"import sys, {module}; print({{'locust', 'gevent'}} & set(sys.modules))").stdout == "set()\n"


@pytest.mark.parametrize("role", [{"master": True}, {"processes": 2}])
@pytest.mark.parametrize("host", ["*", "127.0.0.1"])
def test_a_port_that_is_taken_ends_a_master_before_it_forks(role: dict[str, Any], host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(SystemExit, match=f"load: the port {port} of Locust's master is taken"):
            check_master_port(parsed(master_bind_host=host, master_bind_port=port, **role))

    check_master_port(parsed(master_bind_host=host, master_bind_port=port, **role))


def test_what_is_no_port_is_said_in_one_line() -> None:
    with pytest.raises(SystemExit, match="load: the port 70000 of Locust's master is none, they go from 0 to 65535"):
        check_master_port(parsed(processes=2, master_bind_port=70_000))


def test_files_of_locusts_own_are_looked_at_before_the_load(tmp_path: Path) -> None:
    wanted = {"csv_prefix": str(tmp_path / "a" / "load"), "html_file": "load.html", "json_file": None}

    check_files(SimpleNamespace(**wanted))

    assert (tmp_path / "a").is_dir()
    for name, option in (("csv_prefix", "--csv"), ("html_file", "--html"), ("json_file", "--json-file")):
        told = f"load: {option} /proc/nothing/load cannot be written: No such file or directory"
        with pytest.raises(SystemExit, match=told):
            check_files(SimpleNamespace(**{**wanted, name: "/proc/nothing/load"}))


def test_workers_that_would_look_for_another_master_are_not_forked() -> None:
    with pytest.raises(SystemExit, match="load: --master-port must be --master-bind-port, 7000, is 5557"):
        check_master_port(parsed(processes=2, master_bind_port=7000, master_port=5557))


def test_the_command_looks_at_the_port_before_locust_does() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        words = ["--headless", "--processes", "2", "--master-bind-port", port, "--master-port", port]
        command = [sys.executable, "-m", "fake_twilio.load", *words]

        done = subprocess.run(command, capture_output=True, text=True, check=False)

    told = f"load: the port {port} of Locust's master is taken: give --master-bind-port another\n"
    assert (done.returncode, done.stderr) == (1, told)


@pytest.mark.parametrize("role", [{}, {"worker": True}, {"worker": True, "processes": 2}])
def test_who_is_no_master_needs_no_port(role: dict[str, Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        check_master_port(parsed(master_bind_port=server.getsockname()[1], **role))


def test_ctrl_c_while_locust_is_loaded_waits_for_that_and_ends_the_command_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "locust").mkdir()
    (tmp_path / "locust" / "__init__.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    (tmp_path / "locust" / "argument_parser.py").write_text("get_empty_argument_parser = setup_parser_arguments = None")
    (tmp_path / "locust" / "main.py").write_text("main = print('loaded whole')")
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}

    command = [sys.executable, "-m", "fake_twilio.load"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environ)

    assert (done.returncode, done.stdout, done.stderr) == (130, "loaded whole\n", "")
