"""The number that people write to, led to an app: by Twilio's API, as an owner does it in the console."""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fake_twilio.load.errors import LoadError
from twilio_sms.transport.wire import LostAnswer, Request, Transport

NUMBER = "+14155550101"  # that people of a load write to


class OwnNumber:
    """A number of the account whose resources are at *account_url*; bought if the account does not have it."""

    def __init__(self, transport: Transport, account_url: str, authorization: str) -> None:
        self._transport = transport
        self._numbers_url = f"{account_url}/IncomingPhoneNumbers"
        self._authorization = authorization

    def lead(self, number: str, sms_url: str, status_callback: str) -> None:
        """Have texts to *number* go to *sms_url*; raises `LoadError` if Twilio does not let it."""
        query = urlencode({"PhoneNumber": number})
        found = self._ask("GET", f"{self._numbers_url}.json?{query}")["incoming_phone_numbers"]
        settings = (("SmsUrl", sms_url), ("SmsMethod", "POST"), ("StatusCallback", status_callback))
        if found:
            self._ask("POST", f"{self._numbers_url}/{found[0]['sid']}.json", settings)
        else:
            self._ask("POST", f"{self._numbers_url}.json", (("PhoneNumber", number), *settings))

    def _ask(self, method: str, url: str, form: tuple[tuple[str, str], ...] = ()) -> Mapping[str, Any]:
        try:
            answer = self._transport.send(Request(method, url, self._authorization, form))
            tree: Mapping[str, Any] = json.loads(answer.body)
        except (LostAnswer, ValueError) as error:
            raise LoadError(f"the number of the app could not be set up: no answer ({type(error).__name__})") from None
        if answer.status >= 300:
            raise LoadError(f"the number of the app could not be set up: HTTP {answer.status}, {tree.get('message')}")
        return tree


def basic_auth(environ: Mapping[str, str]) -> str:
    """Return the ``Authorization`` of the account, or of the API key, that the ``TWILIO_*`` variables name."""
    user, secret = environ.get("TWILIO_API_KEY"), environ.get("TWILIO_API_SECRET")
    if not user or not secret:
        user, secret = environ.get("TWILIO_ACCOUNT_SID", ""), environ.get("TWILIO_AUTH_TOKEN", "")
    return "Basic " + b64encode(f"{user}:{secret}".encode()).decode("ascii")
