"""Lookup v2: what is known about a number. Nothing is stored, and an invalid number is an answer, not a refusal."""

from urllib.parse import quote

from flask import Blueprint, Response, request

from fake_twilio.api.entry import CurrentRealm, authenticated
from fake_twilio.api.exchange import answer
from fake_twilio.api.render_lookup import PACKAGES, Lookup, render_lookup
from fake_twilio.api.routing import blueprint
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form, first, read_form
from fake_twilio.domain.twilio.lookup import HOME_COUNTRY, identify, is_country
from fake_twilio.domain.twilio.lookup_facts import facts_about

RESOURCE = "/v2/PhoneNumbers/<number>"
_FIELDS = ("validation", *PACKAGES)  # validation is no package: it is always told


class LookupsApi:
    """The view; *realm* names the accounts of the moment."""

    def __init__(self, realm: CurrentRealm) -> None:
        self._realm = realm

    def fetch(self, number: str) -> Response:
        scenario = authenticated(self._realm, may_test=True).scenario
        form = read_form(request.query_string)
        asked = _asked(form)
        identity = identify(number, _country(form))
        facts = facts_about(identity.phone_number, scenario.lookups)
        if facts.valid is not None:
            identity = identity.declared(valid=facts.valid)
        # The address is the one that was asked, where Twilio names lookups.twilio.com; the plus stays a plus.
        url = f"{request.host_url}v2/PhoneNumbers/{quote(identity.phone_number, safe='+')}"
        return answer(render_lookup(Lookup(identity, facts, form), asked, url))


def _asked(form: Form) -> frozenset[str]:
    """Return the packages in ``Fields``; the refusal of others is inferred, its code of the 60xxx is not known."""
    names = [name.strip() for name in (first(form, "Fields") or "").split(",")]
    wanted = frozenset(name for name in names if name)
    if not wanted <= set(_FIELDS):
        raise Refusal(20001, 400, f"The Fields parameter must be a comma-separated list of {', '.join(_FIELDS)}")
    return wanted


def _country(form: Form) -> str:
    """Return ``CountryCode`` in capitals; the refusal of others is inferred, its code of the 60xxx is not known."""
    code = (first(form, "CountryCode") or HOME_COUNTRY).upper()
    if not is_country(code):
        raise Refusal(20001, 400, "The CountryCode parameter must be an ISO 3166-1 alpha-2 country code")
    return code


def lookups_blueprint(realm: CurrentRealm) -> Blueprint:
    """Return the route of Lookup v2."""
    return blueprint("lookups", ((RESOURCE, "GET", LookupsApi(realm).fetch),))
