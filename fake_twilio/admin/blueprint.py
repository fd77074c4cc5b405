"""The routes of the admin API."""

from collections.abc import Callable

from flask import Blueprint, Response

from fake_twilio.admin.control import Control
from fake_twilio.admin.door import Door, Problem, answer, refuse
from fake_twilio.admin.faults import FaultsApi
from fake_twilio.admin.lags import LagsApi
from fake_twilio.admin.openapi import document
from fake_twilio.admin.operations import OPERATIONS, PREFIX
from fake_twilio.admin.run import RunApi
from fake_twilio.admin.traffic import TrafficApi

View = Callable[..., Response]


def admin_blueprint(control: Control, token: str | None = None) -> Blueprint:
    """Return the routes; where *token* is set, every request must bring it."""
    made = Blueprint("admin", __name__, url_prefix=PREFIX)
    views = _views(control)
    for operation in OPERATIONS:
        path = operation.path.replace("{", "<").replace("}", ">")
        _add(made, path, operation.method, operation.name, views[operation.name])
    told = {name: (view.__doc__ or name).partition("\n")[0] for name, view in views.items()}
    _add(made, "/openapi.json", "GET", "openapi", lambda: answer(document(OPERATIONS, told)))
    made.before_request(Door(token).check)
    made.register_error_handler(Problem, refuse)
    return made


def _views(control: Control) -> dict[str, View]:
    groups = (RunApi(control), TrafficApi(control), FaultsApi(control), LagsApi(control))
    return {
        operation.name: next(getattr(group, operation.name) for group in groups if hasattr(group, operation.name))
        for operation in OPERATIONS
    }


def _add(blueprint: Blueprint, path: str, method: str, name: str, view: View) -> None:
    blueprint.add_url_rule(path, name, view, methods=[method], provide_automatic_options=False)
