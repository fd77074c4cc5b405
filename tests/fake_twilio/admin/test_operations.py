"""Tests of the table of what the admin API offers."""

from fake_twilio.admin.operations import OPERATIONS


def test_each_operation_has_a_name_and_a_route_of_its_own() -> None:
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)
    assert len({(operation.method, operation.path) for operation in OPERATIONS}) == len(OPERATIONS)


def test_what_is_asked_has_no_body() -> None:
    assert [operation.name for operation in OPERATIONS if operation.method == "GET" and operation.body] == []
