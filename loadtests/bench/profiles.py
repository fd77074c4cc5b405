"""Failures under load: what a campaign through the client does to a Twilio in trouble, and what a naive one does.

Each profile plays a bundled scenario on a real clock, for at most 20 seconds a client: ``outage``
(`outage_and_recovery`), ``brown_out`` and ``callback_storm``. The judge is the fake. Prints ``name value goal
PASS|FAIL`` for each figure, and the same figures of the usual code, whose goal is to be found out. ``--charts DIR``
writes ``profile_NAME.svg`` for each. Ends with status 0 either way.
"""

import argparse
import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from profile_brown_out import report_brown_out
from profile_outage import report_outage
from profile_storm import report_storm

Profile = Callable[[bool, int, Path], str]  # whether it is short, the seed, and where files may lie; to a chart

PROFILES: dict[str, Profile] = {
    "outage": report_outage,
    "brown_out": report_brown_out,
    "callback_storm": report_storm,
}


def main() -> None:
    options = _parser().parse_args()
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())  # failures are what it is about
    for name in options.profiles:
        with TemporaryDirectory() as folder:
            chart = PROFILES[name](options.short, options.seed, Path(folder))
        if options.charts is not None:
            options.charts.mkdir(parents=True, exist_ok=True)
            (options.charts / f"profile_{name}.svg").write_text(chart, "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("profiles", nargs="*", type=_name, default=list(PROFILES), help="all of them if none is named")
    parser.add_argument("--short", action="store_true", help="fewer messages and seconds, as in the tests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--charts", type=Path, metavar="DIR", help="where to write the charts")
    return parser


def _name(text: str) -> str:
    if text not in PROFILES:
        raise argparse.ArgumentTypeError(f"wanted one of {', '.join(PROFILES)}, not {text!r}")
    return text


if __name__ == "__main__":
    main()
