"""How many users there are follows from the table alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.errors import LoadError
from fake_twilio.load.shapes import KINDS, Stage, parse_shape, users_at, users_per_second

stages = st.builds(Stage, st.floats(0.1, 100), st.integers(0, 500), st.integers(0, 500))
shapes = st.lists(stages, min_size=1, max_size=6).map(tuple)


@pytest.mark.parametrize(
    ("text", "users"),
    [
        ("ramp:users=10,over=10s,hold=5s", {0: 0, 5: 5, 9.9: 10, 10: 10, 14.9: 10, 15: None}),
        (
            "spike:users=2,peak=40,calm=10s,hold=5s,after=10s",
            {0: 2, 9.9: 2, 10: 40, 14.9: 40, 15: 2, 24.9: 2, 25: None},
        ),
        ("soak:users=8,over=4s,hold=10m", {0: 0, 2: 4, 4: 8, 603: 8, 606: 4, 608: None}),
        ("step:users=3,steps=2,hold=10s", {0: 3, 9: 3, 10: 6, 19: 6, 20: None}),
        (" step : users = 3 , steps=1 ", {0: 3, 20: None}),
    ],
)
def test_a_shape_has_so_many_users_at_such_a_time(text: str, users: dict[float, int | None]) -> None:
    shape = parse_shape(text)

    assert {seconds: users_at(shape, seconds) for seconds in users} == users


def seconds_of(shape: tuple[Stage, ...]) -> float:
    return sum(stage.seconds for stage in shape)


@pytest.mark.parametrize("name", KINDS)
def test_a_name_alone_is_a_shape(name: str) -> None:
    assert seconds_of(parse_shape(name)) > 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", r"wanted a shape such as ramp:users=20,over=30s,hold=30s; .*; got ''"),
        ("wave", "wanted a shape such as"),
        ("ramp:speed=5", "ramp has no setting speed; it has users, over, hold"),
        ("ramp:users", "wanted a setting such as users=50 in a shape, got 'users'"),
        ("ramp:users=0", "users: wanted a number from 1 to 100000, got '0'"),
        ("ramp:users=1000000", "users: wanted a number"),
        ("ramp:users=5,over=1s,users=6", "ramp takes each setting once, got 'users=5,over=1s,users=6'"),
        ("step:users=50001,steps=2", "step may have 100000 users at most, comes to 100002: take fewer"),
        ("ramp:users=²", "users: wanted a number"),
        ("ramp:over=10", "over: wanted a duration such as 500ms, .*, got '10'"),
    ],
)
def test_what_is_no_shape_is_refused_with_what_would_be_one(text: str, problem: str) -> None:
    with pytest.raises(LoadError, match=problem):
        parse_shape(text)


@pytest.mark.parametrize(
    ("text", "users"), [("ramp:users=100,over=10s", 10), ("ramp:over=0s", 20), ("spike", 45), ("step:users=3", 3)]
)
def test_users_come_as_fast_as_the_shape_needs(text: str, users: int) -> None:
    assert users_per_second(parse_shape(text)) == users


@given(shapes, st.floats(0, 1000))
def test_there_are_never_more_users_than_the_table_says_and_none_after_its_end(shape, seconds) -> None:
    users = users_at(shape, seconds)

    assert (users is None) is (seconds >= seconds_of(shape))
    assert users is None or 0 <= users <= max(max(stage.begins_with, stage.ends_with) for stage in shape)


@given(shapes, st.floats(0, 500))
def test_within_a_stage_a_second_changes_no_more_than_users_can_come(shape, seconds) -> None:
    before, after = users_at(shape, seconds), users_at(shape, seconds + 1)

    if before is not None and after is not None and len(shape) == 1:
        assert abs(after - before) <= users_per_second(shape) + 1  # rounded at both ends
