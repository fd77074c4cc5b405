"""The report of a test run: which failures the suite exercised, and how the apps behaved.

Only pytest is imported at the top, and nothing of this is there unless one of the options asks for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from fake_twilio.kit.evidence import Evidence
    from fake_twilio.kit.share import Share
    from fake_twilio.kit.threshold import Threshold

NAME = "fake_twilio_report"  # of the plugin, and of a worker's share
_NO_TEST = "outside of tests"


def add_options(parser: pytest.Parser) -> None:
    group = parser.getgroup("fake-twilio", "what the suite saw of Twilio's failures")
    group.addoption(
        "--fake-twilio-report", action="store_true", help="tell which failures the tests exercised, and which never"
    )
    group.addoption("--fake-twilio-report-json", metavar="PATH", help="write that report as JSON")
    group.addoption("--fake-twilio-report-html", metavar="PATH", help="write that report as one page of HTML")
    group.addoption(
        "--fake-twilio-fail-under",
        metavar="N",
        help="fail unless at least N failures were exercised, or N%% of those there are",
    )


def register_if_wanted(config: pytest.Config) -> None:
    """Register the plugin if an option asks for it; a threshold that is none is a usage error."""
    option = config.option
    files = (option.fake_twilio_report_json, option.fake_twilio_report_html)
    if option.fake_twilio_report or option.fake_twilio_fail_under is not None or any(files):
        config.pluginmanager.register(ReportPlugin(_threshold(option.fake_twilio_fail_under)), NAME)


def witness_of(config: pytest.Config) -> "Callable[[Evidence], None] | None":
    """Return what wants to see the worlds of this run; nothing, if no report is wanted."""
    plugin: ReportPlugin | None = config.pluginmanager.get_plugin(NAME)
    return None if plugin is None else plugin.see


class ReportPlugin:
    """Collects what the worlds of the run have shown; a worker of xdist hands its share to the controller."""

    def __init__(self, threshold: "Threshold | None") -> None:
        self._threshold = threshold
        self._test = _NO_TEST
        self._shares: list[Share] = []

    def see(self, evidence: "Evidence") -> None:
        """Take note of a world that is about to be dropped."""
        from fake_twilio.kit.share import Share

        self._shares.append(Share.of(self._test, evidence))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._test = item.nodeid
        try:
            return (yield)
        finally:
            self._test = _NO_TEST

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take the share of a worker of xdist; one that crashed has none."""
        from fake_twilio.kit.share import Share

        text = getattr(node, "workeroutput", {}).get(NAME)
        if text is not None:
            self._shares.append(Share.from_text(text))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over the share, or write the files; a suite that exercised too little fails."""
        config = session.config
        if hasattr(config, "workeroutput"):
            config.workeroutput[NAME] = self.share.text()
            return
        self._write(config)
        if self._complaint() is not None and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter", config: pytest.Config) -> None:
        complaint = self._complaint()
        if config.option.fake_twilio_report:
            from fake_twilio.kit.report_text import report_lines

            terminalreporter.section("fake-twilio: what can fail")
            for line in report_lines(self.share):
                terminalreporter.line(line)
        if complaint is not None:
            terminalreporter.line(complaint, red=True)

    @property
    def share(self) -> "Share":
        """What was seen so far."""
        from fake_twilio.kit.share import Share

        self._shares = [Share.total(self._shares)]
        return self._shares[0]

    def _complaint(self) -> str | None:
        return None if self._threshold is None else self._threshold.complaint(self.share)

    def _write(self, config: pytest.Config) -> None:
        from fake_twilio.kit.report_html import report_html
        from fake_twilio.kit.report_json import report_json
        from fake_twilio.scenario_files.files import write_file

        for path, write in (
            (config.option.fake_twilio_report_json, report_json),
            (config.option.fake_twilio_report_html, report_html),
        ):
            if path:
                target = config.invocation_params.dir / Path(path)
                target.parent.mkdir(parents=True, exist_ok=True)
                write_file(target, write(self.share))


def _threshold(text: str | None) -> "Threshold | None":
    from fake_twilio.kit.threshold import Threshold

    try:
        return None if text is None else Threshold.parse(text)
    except ValueError as error:
        raise pytest.UsageError(f"--fake-twilio-fail-under: {error}") from None
