"""Tests of strict YAML with places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_twilio.scenario_files.characters import MAX_BYTES
from fake_twilio.scenario_files.marked import MAX_DEPTH, MAX_NODES, read_yaml
from fake_twilio.scenario_files.problems import Place, YamlError


def problems(text: str) -> list[str]:
    with pytest.raises(YamlError) as caught:
        read_yaml(text)
    return [problem.told("f") for problem in caught.value.problems]


VALUES = [
    ("", None),
    ("# nothing but a comment\n", None),
    ("a:\n", {"a": None}),
    ("a: ~\n", {"a": None}),
    ("a: null\n", {"a": None}),
    ("a: 'null'\n", {"a": "null"}),
    ("a: ''\n", {"a": ""}),
    ("- +15551234567\n- NO\n- 1:30\n- 0x1F\n- 1e3\n", ["+15551234567", "NO", "1:30", "0x1F", "1e3"]),
    ("a: {b: [c, {d: e}]}\n", {"a": {"b": ["c", {"d": "e"}]}}),
    ("true: 1\n2: x\n", {"true": "1", "2": "x"}),
    ("'<<': x\n", {"<<": "x"}),
    ("\ufeffa: b\n", {"a": "b"}),
    ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
    ("a: &name b\n", {"a": "b"}),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[repr(text) for text, _ in VALUES])
def test_every_scalar_is_a_text_or_nothing(text: str, value: object) -> None:
    assert read_yaml(text).value == value


PLAIN = st.text("abcNOxy019", min_size=1, max_size=5).filter(lambda text: text.lower() != "null")


@given(st.lists(PLAIN, min_size=1))
@settings(deadline=None)  # the first example loads what the others find loaded
def test_a_list_of_plain_words_reads_back_with_its_lines(words: list[str]) -> None:
    marked = read_yaml("".join(f"- {word}\n" for word in words))

    assert marked.value == words
    assert [marked.place((index,)) for index in range(len(words))] == [
        Place(line, 3) for line in range(1, len(words) + 1)
    ]


def test_everything_has_its_place() -> None:
    marked = read_yaml("a:\n  - b: c\n")

    assert (marked.place(()), marked.place(("a", 0)), marked.place(("a", 0, "b"))) == ((1, 1), (2, 5), (2, 8))
    assert (marked.key_place(("a",)), marked.key_place(("a", 0, "b"))) == ((1, 1), (2, 5))


def test_what_is_not_there_stands_where_the_nearest_thing_around_it_stands() -> None:
    marked = read_yaml("a:\n  - b: c\n")

    assert marked.place(("a", 0, "x", "y")) == (2, 5)
    assert marked.key_place(("a", 7)) == (2, 3)
    assert read_yaml("").place(("a",)) == (1, 1)


BAD: dict[str, tuple[str, list[str]]] = {
    "alias": ("a: &x b\nc: *x\n", ["f:2:4: aliases are not allowed"]),
    "merge key": ("a: b\n<<: {c: d}\n", ["f:2:1: wanted a plain name as a key"]),
    "merge key with alias": ("a: &x {b: c}\n<<: *x\n", ["f:2:5: aliases are not allowed"]),
    "own tag": ("a: !mine b\n", ["f:1:4: a: tags are not allowed: !mine"]),
    "tag of a list": ("a: !mine [b]\n", ["f:1:4: a: tags are not allowed: !mine"]),
    "tag of Python": (
        "a: !!python/name:os.system b\n",
        ["f:1:4: a: tags are not allowed: tag:yaml.org,2002:python/name:os.system"],
    ),
    "tag of YAML": ("a: !!int 5\n", ["f:1:4: a: tags are not allowed: tag:yaml.org,2002:int"]),
    "key twice": ("a: 1\nb: 2\na: 3\n", ["f:3:1: a: this key is here twice"]),
    "key twice, deep": ("a:\n  - {b: 1, b: 2}\n", ["f:2:12: a.0.b: this key is here twice"]),
    "list as key": ("? [a]\n: b\n", ["f:1:3: wanted a plain name as a key"]),
    "two documents": ("---\na: b\n---\nc: d\n", ["f:3:1: wanted one document"]),
    "tag of a key": ("a: b\n!x c: d\n", ["f:2:1: tags are not allowed: !x"]),
    "tag of a text": ("a: !!str b\n", ["f:1:4: a: tags are not allowed: tag:yaml.org,2002:str"]),
    "tag without a name": ("a: ! b\n", ["f:1:4: a: tags are not allowed: !"]),
    "merge keys": ("<<: a\n<<: b\n", ["f:1:1: wanted a plain name as a key", "f:2:1: wanted a plain name as a key"]),
    "open list": ("a: [", ["f:1:5: wanted a value"]),
    "several": (
        "a: !x 1\nb: !y 2\na: 3\n",
        [
            "f:1:4: a: tags are not allowed: !x",
            "f:2:4: b: tags are not allowed: !y",
            "f:3:1: a: this key is here twice",
        ],
    ),
}


@pytest.mark.parametrize(("text", "lines"), BAD.values(), ids=BAD.keys())
def test_what_people_trip_over_is_refused_with_its_place(text: str, lines: list[str]) -> None:
    assert problems(text) == lines


def test_a_character_that_yaml_does_not_know_is_told_in_one_line() -> None:
    (line,) = problems("a: b\x07\n")

    assert "#x0007" in line
    assert "\n" not in line


def test_as_many_levels_as_allowed_are_read_and_one_more_is_not() -> None:
    assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH).value is not None
    assert problems("[" * (MAX_DEPTH + 1)) == ["f:1:33: wanted at most 32 levels"]


def test_levels_are_counted_by_nesting_and_not_by_number() -> None:
    assert read_yaml("- [a]\n" * (MAX_DEPTH * 2)).value == [["a"]] * (MAX_DEPTH * 2)


def test_a_hundred_thousand_levels_are_refused_as_well() -> None:
    assert problems("[" * 100_000) == ["f:1:33: wanted at most 32 levels"]


def test_as_many_values_as_allowed_are_read_and_one_more_is_not() -> None:
    assert read_yaml("- a\n" * (MAX_NODES - 1)).value == ["a"] * (MAX_NODES - 1)
    assert problems("- a\n" * MAX_NODES) == ["f:60000:3: wanted at most 60000 values"]


def test_no_more_than_fifty_problems_are_told() -> None:
    assert len(problems("a: b\n" * 1_000)) == 50


def test_more_than_a_mebibyte_is_refused() -> None:
    assert read_yaml("#" * MAX_BYTES).value is None
    assert problems("#" * (MAX_BYTES + 1)) == ["f:1:1: wanted at most 1048576 bytes"]
    assert problems("#" + "é" * (MAX_BYTES // 2)) == ["f:1:1: wanted at most 1048576 bytes"]


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text("ab:-[]{}&*!<'\"\n ?|>%@,#~", max_size=30))
@settings(deadline=None)  # the first example loads what the others find loaded
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        found = read_yaml(text).place(())
    except YamlError as error:
        found = min(problem.place for problem in error.problems)
    assert min(found) >= 1
