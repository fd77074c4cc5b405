"""Tests of finding and reading scenarios, and of what is said when that fails."""

from pathlib import Path

import pytest

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.scenario_files.finding import bundled, find_scenario
from fake_twilio.scenario_files.load import DEFAULT, load_scenario, parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError

CONTENT_SID = "HX" + "0e" * 16
GOOD = "about: x\ndefaults: {timeline: []}\n"
STATUSES = (
    "'accepted', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'canceled',"
    " 'receiving', 'received' or 'read'"
)


def problems(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, file="f.yaml")
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def default(timeline: str) -> str:
    return f"about: x\ndefaults:\n  timeline: [{timeline}]\n"


def lookup(text: str) -> str:
    return f"{GOOD}lookups:\n  - {text}\n"


def content(text: str) -> str:
    return f"{GOOD}contents:\n  - {text}\n"


def rule(text: str) -> str:
    return f"{GOOD}rules:\n  - {text}\n"


NO_DEFAULTS = (
    "defaults: this key is missing: what happens to all other messages; most often it is taken over by "
    "include: delivered"
)
BAD: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", ["f.yaml:1:1: wanted keys: about, numbers, rules, defaults"]),
    "a list": ("- about\n", ["f.yaml:1:1: wanted keys: about, numbers, rules, defaults"]),
    "no keys": ("{}", ["f.yaml:1:1: about: this key is missing", f"f.yaml:1:1: {NO_DEFAULTS}"]),
    "alias": ("about: &a x\ndefaults: *a\n", ["f.yaml:2:11: aliases are not allowed"]),
    "tag": ("about: !x y\ndefaults: {timeline: []}\n", ["f.yaml:1:8: about: tags are not allowed: !x"]),
    "key twice": (GOOD + "about: y\n", ["f.yaml:3:1: about: this key is here twice"]),
    "empty about": ("about:\ndefaults: {timeline: []}\n", ["f.yaml:1:7: about: wanted a text"]),
    "half a surrogate pair": (
        default('{status: "\\ud800"}'),
        ["f.yaml:3:23: wanted an escape that YAML knows, such as \\n or \\u00e9"],
    ),
    "unknown key": (GOOD + "rule: []\n", ["f.yaml:3:1: rule: no such key; did you mean rules?"]),
    "far from any key": (
        GOOD + "zzz: 1\n",
        [
            "f.yaml:3:1: zzz: no such key;"
            " here may stand include, vars, about, numbers, magic_numbers, services, lookups, contents, applications,"
            " accounts, limits, inbound, opt_outs, personas, phases, rules, defaults",
        ],
    ),
    "unknown key of a rule": (
        rule("{then: {refuse: 21610}, wen: {to: a}}"),
        ["f.yaml:4:29: rules.0.wen: no such key; did you mean when?"],
    ),
    "unknown key of when": (
        rule("{when: {form: a}, then: {refuse: 21610}}"),
        ["f.yaml:4:13: rules.0.when.form: no such key; did you mean from?"],
    ),
    "our word for from": (
        rule("{when: {sender: a}, then: {refuse: 21610}}"),
        [
            "f.yaml:4:13: rules.0.when.sender: no such key; here may stand to, from, body, service, account, "
            "number_type, country, segments, media, nth, first, every, per, probability, between"
        ],
    ),
    "unknown key of then": (
        rule("{then: {refuse: 21610, time: []}}"),
        ["f.yaml:4:28: rules.0.then.time: no such key; did you mean timeline?"],
    ),
    "unknown key of defaults": (
        "about: x\ndefaults: {refuse: 21610, refused: 1}\n",
        ["f.yaml:2:27: defaults.refused: no such key; did you mean refuse?"],
    ),
    "unknown key of a step": (
        default("{status: sent, afer: 1s}"),
        ["f.yaml:3:29: defaults.timeline.0.afer: no such key; did you mean after?"],
    ),
    "no then": (rule("when: {to: a}"), ["f.yaml:4:5: rules.0.then: this key is missing"]),
    "empty when": (rule("when:\n    then: {refuse: 21610}"), ["f.yaml:4:10: rules.0.when: wanted keys and values"]),
    "defaults as text": (
        "about: x\ndefaults: sent\n",
        [
            "f.yaml:2:11: defaults: wanted keys and values, such as {timeline: [{status: delivered, after: 1s}]}",
        ],
    ),
    "inbound as text": (
        GOOD + "inbound: http://a\n",
        [
            'f.yaml:3:10: inbound: wanted keys and values, such as {url: "http://127.0.0.1:5000/sms"}',
        ],
    ),
    "timeline as text": (
        "about: x\ndefaults: {timeline: sent}\n",
        ["f.yaml:2:22: defaults.timeline: wanted a list"],
    ),
    "number as text": ("about: x\nnumbers: +15551234567\n" + GOOD[9:], ["f.yaml:2:10: numbers: wanted a list"]),
    "bad number": (
        GOOD + "numbers: [INFO, 'a!']\n",
        ["f.yaml:3:10: numbers: wanted E.164 numbers, short codes or alphanumeric sender IDs, not 'a!'"],
    ),
    "list as number": (GOOD + "numbers: [[a]]\n", ["f.yaml:3:11: numbers.0: wanted a text"]),
    "unknown status": (
        default("{status: delivred}"),
        [f"f.yaml:3:23: defaults.timeline.0.status: wanted a status: {STATUSES}"],
    ),
    "against the lifecycle": (
        default("{status: sent}, {status: sending}"),
        ["f.yaml:3:13: defaults.timeline: sending may not follow sent; what may is delivered or undelivered"],
    ),
    "after the end": (
        default("{status: failed, error: 30007}, {status: sent}"),
        ["f.yaml:3:13: defaults.timeline: sent may not follow failed, which is the end"],
    ),
    "queued twice": (
        default("{status: queued}"),
        ["f.yaml:3:13: defaults.timeline: queued may not follow queued; what may is failed or sending or sent"],
    ),
    "code where none belongs": (
        default("{status: sent, error: 30007}"),
        [
            "f.yaml:3:14: defaults.timeline.0: wanted no error code with sent: only failed and undelivered have one",
        ],
    ),
    "no code where one belongs": (
        default("{status: sent}, {status: undelivered}"),
        ["f.yaml:3:30: defaults.timeline.1: wanted an error code with undelivered, such as 30007"],
    ),
    "unknown code": (
        default("{status: failed, error: 12}"),
        ["f.yaml:3:38: defaults.timeline.0.error: wanted one of Twilio's error codes, such as 30007"],
    ),
    "refuse with a delivery's code": (
        "about: x\ndefaults: {refuse: 30007}\n",
        [
            "f.yaml:2:20: defaults.refuse: 30007 comes with a status later;"
            " wanted a code that refuses a request, such as 21211",
        ],
    ),
    "nothing happens": (
        "about: x\ndefaults: {}\n",
        ["f.yaml:2:11: defaults: wanted a timeline, a code to refuse with, a fault, callbacks, a reply or outcomes"],
    ),
    "no duration": (
        default("{status: sent, after: soon}"),
        ["f.yaml:3:36: defaults.timeline.0.after: wanted a duration such as 500ms, 1.5s, 10m, 36h or 30d"],
    ),
    "too long": (
        default("{status: sent, after: 367d}"),
        ["f.yaml:3:36: defaults.timeline.0.after: wanted a duration of at most 366d"],
    ),
    "unknown key of a lookup": (
        lookup("{number: +1555*, carier: x}"),
        ["f.yaml:4:22: lookups.0.carier: no such key; did you mean carrier?"],
    ),
    "lookup of no number": (lookup("{type: mobile}"), ["f.yaml:4:5: lookups.0.number: this key is missing"]),
    "unknown kind of line": (
        lookup("{number: a, type: tollfree}"),
        [
            "f.yaml:4:23: lookups.0.type: wanted one of landline, mobile, fixedVoip, nonFixedVoip, personal, tollFree,"
            " premium, sharedCost, uan, voicemail, pager, unknown",
        ],
    ),
    "carrier of a line without one": (
        lookup("{number: a, type: tollFree, carrier: x}"),
        ["f.yaml:4:5: lookups.0: wanted a type that has a carrier: landline, mobile, fixedVoip, nonFixedVoip"],
    ),
    "several problems of a lookup": (
        lookup("{number: +15559..+15550, mcc: 31, sim_swapped: maybe}"),
        [
            "f.yaml:4:14: lookups.0.number.0: wanted a range of numbers of the same length, the lower one first",
            "f.yaml:4:35: lookups.0.mcc: wanted the three digits of a mobile country code, such as 310",
            "f.yaml:4:52: lookups.0.sim_swapped: wanted true or false",
        ],
    ),
    "lookups as text": (GOOD + "lookups: x\n", ["f.yaml:3:10: lookups: wanted a list"]),
    "unknown key of a template": (
        content(f"{{sid: {CONTENT_SID}, boddy: x}}"),
        [
            "f.yaml:4:5: contents.0.body: this key is missing",
            "f.yaml:4:47: contents.0.boddy: no such key; did you mean body?",
        ],
    ),
    "bad template": (
        content("{sid: HX12, body: 'Hello {{1}'}"),
        [
            "f.yaml:4:11: contents.0.sid: wanted the SID of a content template: HX and 32 hexadecimal digits",
            "f.yaml:4:23: contents.0.body: wanted a text with places such as {{1}} or {{name}}",
        ],
    ),
    "template twice": (
        content(f"{{sid: {CONTENT_SID}, body: a}}\n  - {{sid: {CONTENT_SID}, body: b}}"),
        [f"f.yaml:4:3: contents: wanted each template once, not {CONTENT_SID} 2 times"],
    ),
    "contents as text": (GOOD + "contents: x\n", ["f.yaml:3:11: contents: wanted a list"]),
    "range turned round": (
        rule("{when: {to: +15559..+15550}, then: {refuse: 21610}}"),
        ["f.yaml:4:17: rules.0.when.to.0: wanted a range of numbers of the same length, the lower one first"],
    ),
}


@pytest.mark.parametrize(("text", "lines"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_file_line_column_and_path(text: str, lines: list[str]) -> None:
    assert problems(text) == lines


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = "abot: x\nrules:\n  - when: {to: ''}\n    then: {refuse: 1}\ndefaults: {timeline: [{after: 1}]}\n"

    assert [line.split(": ")[:2] for line in problems(text)] == [
        ["f.yaml:1:1", "about"],
        ["f.yaml:1:1", "abot"],
        ["f.yaml:3:16", "rules.0.when.to.0"],
        ["f.yaml:4:20", "rules.0.then.refuse"],
        ["f.yaml:5:23", "defaults.timeline.0.status"],
        ["f.yaml:5:31", "defaults.timeline.0.after"],
    ]


@pytest.mark.parametrize("name", sorted(bundled()))
def test_every_bundled_scenario_loads(name: str) -> None:
    scenario = load_scenario(name)

    assert isinstance(scenario, Scenario)
    assert (scenario.name, bool(scenario.about)) == (name, True)


def test_the_default_is_bundled() -> None:
    assert DEFAULT in bundled()


def test_a_scenario_may_be_given_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, "utf-8")

    assert load_scenario(path).name == "mine"
    assert load_scenario(str(path)) == load_scenario(path)


def test_a_local_scenario_goes_before_a_bundled_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "delivered.yaml").write_text("about: mine\ndefaults: {timeline: []}\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert load_scenario("delivered").about == "mine"
    assert find_scenario("carrier_reject") == bundled()["carrier_reject"]


def refused(name: str | Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name)
    (problem,) = caught.value.problems
    return problem


def test_a_file_over_a_mebibyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (1 << 20) + b"#")

    assert refused(path) == f"{path}:1:1: wanted at most 1048576 bytes"


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("about: é\n".encode("latin-1"))

    assert refused(path).startswith(f"{path}:1:8: cannot be read as UTF-8 text: ")


def test_a_problem_names_the_file_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("about: x\n", "utf-8")

    assert refused(path) == f"{path}:1:1: {NO_DEFAULTS}"


def test_a_scenario_of_a_thousand_rules_loads() -> None:
    step = "{status: sent, after: 1s}"
    one = f"  - when: {{to: +1555*, from: ['+1500', '+1501'], body: 're:^a$'}}\n    then: {{timeline: [{step}]}}\n"

    assert len(parse_scenario(f"{GOOD}rules:\n{one * 1_000}").rules) == 1_000


def test_fifty_problems_are_told_at_most_in_the_order_of_the_file() -> None:
    found = problems(GOOD + "rules:\n" + "  - a\n" * 1_000)

    assert [line.split(": ")[0] for line in found] == [f"f.yaml:{line}:5" for line in range(4, 54)]


def test_thousands_of_problems_of_one_key_hide_none_of_another() -> None:
    told = problems(f"{GOOD}numbers: 7\nrules: [{'a,' * 2000}]\n")

    assert told[0].startswith("f.yaml:3:10: numbers: ")
    assert told[1].startswith("f.yaml:4:9: rules.0: ")


def test_content_is_told_in_part_and_escaped() -> None:
    (line,) = problems(GOOD + f'numbers: ["\\e[2J{"9 " * 1_000}"]\n')

    assert line.isprintable()
    assert "\\x1b[2J9 9" in line
    assert len(line) < 180
