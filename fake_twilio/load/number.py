"""The number that people write to, led to an app: by Twilio's API, as an owner does it in the console."""

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from fake_twilio.domain.twilio.form import Form
from fake_twilio.load.errors import LoadError, RequestFailed
from fake_twilio.load.kept import Kept, Told

NUMBER = "+14155550101"  # that people of a load write to


class OwnNumber:
    """A number of an account, bought if the account does not have it; *api* brings the account's authorization."""

    def __init__(self, api: Kept, account_sid: str) -> None:
        self._api = api
        self._path = f"/2010-04-01/Accounts/{account_sid}/IncomingPhoneNumbers"

    def lead(self, number: str, sms_url: str, status_callback: str) -> None:
        """Have texts to *number* go to *sms_url*; raises `LoadError` if Twilio does not let it."""
        settings = (("SmsUrl", sms_url), ("SmsMethod", "POST"), ("StatusCallback", status_callback))
        try:
            self._lead(number, settings)
        except RequestFailed as failed:
            raise LoadError(f"the number of the load could not be led to its app: {failed}") from None

    def _lead(self, number: str, settings: Form) -> None:
        found = _taken(self._api.get(f"{self._path}.json?{urlencode({'PhoneNumber': number})}"))
        owned = found.tree.get("incoming_phone_numbers", ())
        if owned:
            _taken(self._api.post_form(f"{self._path}/{owned[0]['sid']}.json", settings))
        else:
            _taken(self._api.post_form(f"{self._path}.json", (("PhoneNumber", number), *settings)))


def basic_auth(environ: Mapping[str, str]) -> str:
    """Return the ``Authorization`` of the account, or of the API key, that the ``TWILIO_*`` variables name."""
    user, secret = environ.get("TWILIO_API_KEY"), environ.get("TWILIO_API_SECRET")
    if not user or not secret:
        user, secret = environ.get("TWILIO_ACCOUNT_SID", ""), _auth_token(environ)
    return "Basic " + b64encode(f"{user}:{secret}".encode()).decode("ascii")


def _auth_token(environ: Mapping[str, str]) -> str:
    """Return the auth token to make requests with: of two, while one is rotated, the first."""
    return environ.get("TWILIO_AUTH_TOKEN", "").partition(",")[0].strip()


def _taken(told: Told) -> Told:
    if told.status >= 300:
        raise RequestFailed(f"HTTP {told.status}, {told.tree.get('message', 'no reason given')}")
    return told
