"""What of Twilio's SMS surface the fake offers: every route, its parameters, and how far each is acted on.

Source of the routes and parameters: Twilio's OpenAPI files and, for Accounts and Keys, its pages; the support is what
the code does. ``docs/coverage.md`` is made from this file.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

Operation = tuple[str, str]
Parameters = Mapping[str, "Support"]


class Support(StrEnum):
    """How far the fake goes."""

    WORKS = "works"  # acted on
    STORED = "stored only"  # checked and kept, but nothing comes of it
    NOT_YET = "not yet"  # a parameter is taken and ignored, a route is not there


def _table(works: str = "", *, stored: str = "", not_yet: str = "") -> Parameters:
    """Return a table of the parameters, whose names are parted by blanks."""
    pairs = ((works, Support.WORKS), (stored, Support.STORED), (not_yet, Support.NOT_YET))
    return MappingProxyType({name: support for names, support in pairs for name in names.split()})


_ACCOUNTS = "/2010-04-01/Accounts"
_ACCOUNT = f"{_ACCOUNTS}/{{AccountSid}}"
_MESSAGES = f"{_ACCOUNT}/Messages"
_MESSAGE = f"{_MESSAGES}/{{MessageSid}}"
_NUMBERS = f"{_ACCOUNT}/IncomingPhoneNumbers"
_SERVICES = "/v1/Services"
_LOOKUP = "/v2/PhoneNumbers/{PhoneNumber}"
_PAGES = "PageSize Page PageToken"
CREATE_MESSAGE: Operation = ("POST", f"{_MESSAGES}.json")
LIST_MESSAGES: Operation = ("GET", f"{_MESSAGES}.json")
READ_MEDIA_FILE: Operation = ("GET", f"{_MESSAGE}/Media/{{Sid}}")
LOOK_UP: Operation = ("GET", _LOOKUP)
_PERSON = "FirstName LastName AddressLine1 AddressLine2 City State PostalCode AddressCountryCode NationalId DateOfBirth"

_NUMBER_WORKS = "FriendlyName SmsUrl SmsMethod SmsFallbackUrl SmsFallbackMethod SmsApplicationSid"
_NUMBER_SETTINGS = (
    "StatusCallback StatusCallbackMethod VoiceApplicationSid VoiceCallerIdLookup VoiceFallbackMethod"
    " VoiceFallbackUrl VoiceMethod VoiceUrl EmergencyStatus EmergencyAddressSid TrunkSid IdentitySid AddressSid"
    " VoiceReceiveMode BundleSid"
)

_APPLICATIONS = f"{_ACCOUNT}/Applications"
_APPLICATION_WORKS = (
    "FriendlyName SmsUrl SmsMethod SmsFallbackUrl SmsFallbackMethod MessageStatusCallback SmsStatusCallback"
)
_APPLICATION_STORED = (
    "ApiVersion VoiceUrl VoiceMethod VoiceFallbackUrl VoiceFallbackMethod StatusCallback StatusCallbackMethod"
    " VoiceCallerIdLookup PublicApplicationConnectEnabled"
)

_SERVICE_WORKS = (
    "FriendlyName StatusCallback StickySender SmartEncoding AreaCodeGeomatch ValidityPeriod InboundRequestUrl"
    " InboundMethod FallbackUrl FallbackMethod UseInboundWebhookOnNumber"
)
_SERVICE_STORED = "MmsConverter ScanMessageContent FallbackToLongCode SynchronousValidation Usecase"

BUILT: Mapping[Operation, Parameters] = MappingProxyType(
    {
        CREATE_MESSAGE: _table(
            "To From MessagingServiceSid Body MediaUrl StatusCallback SmartEncoded ScheduleType SendAt ValidityPeriod"
            " ContentSid ContentVariables SendAsMms ApplicationSid",
            stored="ProvideFeedback Attempt ForceDelivery ContentRetention AddressRetention"
            " PersistentAction TrafficType ShortenUrls RiskCheck FallbackFrom MaxPrice MessageIntent",
        ),
        LIST_MESSAGES: _table(f"To From DateSent DateSent< DateSent> {_PAGES}"),
        ("GET", f"{_MESSAGES}/{{Sid}}.json"): _table(),
        ("POST", f"{_MESSAGES}/{{Sid}}.json"): _table("Body Status"),
        ("DELETE", f"{_MESSAGES}/{{Sid}}.json"): _table(),
        ("GET", f"{_MESSAGE}/Media.json"): _table(f"DateCreated DateCreated< DateCreated> {_PAGES}"),
        ("GET", f"{_MESSAGE}/Media/{{Sid}}.json"): _table(),
        ("DELETE", f"{_MESSAGE}/Media/{{Sid}}.json"): _table(),
        READ_MEDIA_FILE: _table(),
        ("POST", f"{_MESSAGE}/Feedback.json"): _table("Outcome"),
        ("GET", f"{_ACCOUNTS}.json"): _table(f"FriendlyName Status {_PAGES}"),
        ("POST", f"{_ACCOUNTS}.json"): _table("FriendlyName"),
        ("GET", f"{_ACCOUNTS}/{{Sid}}.json"): _table(),
        ("POST", f"{_ACCOUNTS}/{{Sid}}.json"): _table("FriendlyName Status"),
        ("GET", f"{_ACCOUNT}/Keys.json"): _table(_PAGES),
        ("POST", f"{_ACCOUNT}/Keys.json"): _table("FriendlyName"),
        ("GET", f"{_ACCOUNT}/Keys/{{Sid}}.json"): _table(),
        ("POST", f"{_ACCOUNT}/Keys/{{Sid}}.json"): _table("FriendlyName"),
        ("DELETE", f"{_ACCOUNT}/Keys/{{Sid}}.json"): _table(),
        ("GET", f"{_NUMBERS}.json"): _table(f"Beta FriendlyName PhoneNumber Origin {_PAGES}"),
        ("POST", f"{_NUMBERS}.json"): _table(
            f"PhoneNumber AreaCode {_NUMBER_WORKS}", stored=_NUMBER_SETTINGS, not_yet="ApiVersion"
        ),
        ("GET", f"{_NUMBERS}/{{Sid}}.json"): _table(),
        ("POST", f"{_NUMBERS}/{{Sid}}.json"): _table(
            _NUMBER_WORKS, stored=_NUMBER_SETTINGS, not_yet="AccountSid ApiVersion"
        ),
        ("DELETE", f"{_NUMBERS}/{{Sid}}.json"): _table(),
        ("GET", f"{_APPLICATIONS}.json"): _table(f"FriendlyName {_PAGES}"),
        ("POST", f"{_APPLICATIONS}.json"): _table(_APPLICATION_WORKS, stored=_APPLICATION_STORED),
        ("GET", f"{_APPLICATIONS}/{{Sid}}.json"): _table(),
        ("POST", f"{_APPLICATIONS}/{{Sid}}.json"): _table(_APPLICATION_WORKS, stored=_APPLICATION_STORED),
        ("DELETE", f"{_APPLICATIONS}/{{Sid}}.json"): _table(),
        ("POST", "/v1/AuthTokens/Secondary"): _table(),
        ("DELETE", "/v1/AuthTokens/Secondary"): _table(),
        ("POST", "/v1/AuthTokens/Promote"): _table(),
        LOOK_UP: _table(
            f"Fields CountryCode {_PERSON} LastVerifiedDate",
            not_yet="VerificationSid PartnerSubId",
        ),
        ("GET", _SERVICES): _table(_PAGES),
        ("POST", _SERVICES): _table(_SERVICE_WORKS, stored=_SERVICE_STORED),
        ("GET", f"{_SERVICES}/{{Sid}}"): _table(),
        ("POST", f"{_SERVICES}/{{Sid}}"): _table(_SERVICE_WORKS, stored=_SERVICE_STORED),
        ("DELETE", f"{_SERVICES}/{{Sid}}"): _table(),
        ("GET", f"{_SERVICES}/{{ServiceSid}}/PhoneNumbers"): _table(_PAGES),
        ("POST", f"{_SERVICES}/{{ServiceSid}}/PhoneNumbers"): _table("PhoneNumberSid"),
        ("GET", f"{_SERVICES}/{{ServiceSid}}/PhoneNumbers/{{Sid}}"): _table(),
        ("DELETE", f"{_SERVICES}/{{ServiceSid}}/PhoneNumbers/{{Sid}}"): _table(),
    }
)

NOT_BUILT: Mapping[Operation, Parameters] = MappingProxyType(
    {
        ("GET", f"{_ACCOUNT}/AvailablePhoneNumbers/{{CountryCode}}/Local.json"): _table(
            not_yet=f"AreaCode Contains SmsEnabled MmsEnabled {_PAGES}"
        ),
        ("POST", f"{_SERVICES}/{{ServiceSid}}/ShortCodes"): _table(not_yet="ShortCodeSid"),
        ("POST", f"{_SERVICES}/{{ServiceSid}}/AlphaSenders"): _table(not_yet="AlphaSender"),
    }
)
COVERAGE: Mapping[Operation, Parameters] = MappingProxyType({**BUILT, **NOT_BUILT})


def forms(operation: Operation) -> dict[str, Operation]:
    """Return in which forms *operation* answers, and at which path each: its extension decides in the 2010 API."""
    method, path = operation
    if operation == READ_MEDIA_FILE:
        return {"the file": operation}
    bare = method, path.removesuffix(".json")
    found = {"JSON": operation}
    if bare not in COVERAGE:  # an API without extensions, or the file of a medium
        found["XML"] = bare
    if operation == LIST_MESSAGES:
        found["CSV"] = method, f"{bare[1]}.csv"
    return found


NOTES: Mapping[tuple[Operation, str], str] = MappingProxyType(
    {
        (
            CREATE_MESSAGE,
            "MessagingServiceSid",
        ): "in an account that never had a service, any well-formed SID is one, with all senders of the account",
        (
            LIST_MESSAGES,
            "PageToken",
        ): "newest first means last made first, so that pages stay right while messages arrive",
        (("GET", f"{_NUMBERS}.json"), "Beta"): "no number of the fake is new to the platform",
        (CREATE_MESSAGE, "From"): "sends at once, unless `limits` of the scenario gives senders their pace and queue",
        (CREATE_MESSAGE, "MediaUrl"): "checked and listed, never fetched: a tiny picture stands for each file",
        (
            CREATE_MESSAGE,
            "ValidityPeriod",
        ): "what would wait longer after `queued`, also for its sender, ends as `failed` with 30036",
        (CREATE_MESSAGE, "ContentSid"): "`contents` of the scenario says the templates; if it has none, each is taken"
        " and its text is unknown",
        (CREATE_MESSAGE, "ContentVariables"): "a template has no default values; what is missing stays a placeholder",
        (CREATE_MESSAGE, "SendAsMms"): "the SID begins with `MM`; segments and price stay those of a text",
        (("POST", _SERVICES), "InboundRequestUrl"): "a service without one receives nothing, as at Twilio",
        (
            CREATE_MESSAGE,
            "ApplicationSid",
        ): "its callback address counts after those of the message and its service; in"
        " an account that never had an application, any well-formed SID is one without addresses",
        (CREATE_MESSAGE, "ShortenUrls"): "links stay as they are",
        (CREATE_MESSAGE, "FallbackFrom"): "taken with any service, as if it had an RCS sender",
        (CREATE_MESSAGE, "MaxPrice"): "without effect at Twilio too, since June 2024",
        (CREATE_MESSAGE, "MessageIntent"): "any word is taken",
        (LOOK_UP, "LastVerifiedDate"): "told again; whether the number was reassigned since is what the scenario says",
        **{(LOOK_UP, name): "not compared: the scenario says whether it matches" for name in _PERSON.split()},
    }
)

# What the fake says by itself; a scenario may have it refuse with any other code of the catalogue.
PRODUCED = frozenset(
    {20001, 20003, 20004, 20008, 20009, 20403, 20404, 20413, 20429, 20500, 20503}
    | {
        21211,
        21212,
        21266,
        21402,
        21406,
        21408,
        21421,
        21422,
        21452,
        21481,
        21602,
        21603,
        21604,
        21606,
        21609,
        21610,
        21611,
        21612,
        21614,
        21617,
        21619,
    }
    | {21620, 21623, 21624, 21627, 21654, 21655, 21656, 21659, 21660, 21664, 21665, 21666}
    | {21701, 21705, 21710, 21711, 21712, 21714}
    | {30409, 35111, 35114, 35118, 35126}
)

# What the fake ends a message with by itself; a scenario may end one with any other code of a delivery.
ENDED = frozenset({21703, 21704, 30001, 30002, 30036})

# What the fake writes down as an alert by itself; whatever else a reply is refused with is one too.
ALERTED = frozenset(
    {11200, 11203, 11205, 11206, 11210, 11215, 11243, 11750, 12100, 12102, 12200, 12300}
    | {14101, 14102, 14103, 14104, 14105, 14106, 14107, 14109, 14110}
)
