"""What Twilio says when it refuses, and what the errors of a delivery are called; facts, no behaviour.

Source: Twilio's error dictionary, https://www.twilio.com/docs/api/errors, of 2023, 2025 and 2026; the texts of answers
from recorded ones. HTTP statuses that nobody recorded are inferred from their neighbours.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where a code turns up."""

    API = "api"  # in the answer to a request
    DELIVERY = "delivery"  # as the error_code of a message


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its HTTP status as an answer (``None`` for errors of a delivery), title, and the answer's text."""

    status: int | None
    title: str
    text: str | None = None


CATALOGUE: dict[int, Entry] = {
    20001: Entry(400, "Unknown parameters"),
    20003: Entry(401, "Permission Denied", "Authenticate"),
    20004: Entry(
        405, "Method not allowed", "The requested resource {path} does not support the attempted HTTP method {method}"
    ),
    20005: Entry(403, "Account not active"),
    20006: Entry(403, "Access Denied"),
    20007: Entry(400, "Page size too large"),
    20008: Entry(403, "Test Credentials"),
    20009: Entry(409, "Cannot delete this resource before it is complete"),
    20010: Entry(403, "Action disabled for account"),
    20403: Entry(403, "403 Forbidden"),
    20404: Entry(404, "Not Found", "The requested resource {path} was not found"),
    20409: Entry(409, "Conflict"),
    20410: Entry(410, "Gone"),
    20413: Entry(413, "Request Entity Too Large"),
    20422: Entry(422, "Invalid Parameter"),
    20423: Entry(400, "Invalid SID"),
    20426: Entry(426, "Upgrade Required"),
    20429: Entry(429, "Too Many Requests"),
    20500: Entry(500, "Internal Server Error"),
    20503: Entry(503, "Service unavailable"),
    20504: Entry(None, "Twilio Internal Error"),
    21201: Entry(400, "No Called number specified", "No to number is specified"),
    21211: Entry(400, "Invalid 'To' Phone Number", "Invalid 'To' Phone Number: {to}"),
    21212: Entry(
        400,
        "Invalid 'From' Number",
        "The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID.",
    ),
    21265: Entry(400, "'To' number cannot be a Short Code"),
    21266: Entry(400, "'To' and 'From' numbers cannot be the same", "'To' and 'From' number cannot be the same"),
    21267: Entry(400, "Alphanumeric Sender ID cannot be used as the 'From' number on trial accounts"),
    21268: Entry(400, "Sending to Premium rate or Information Service numbers is not allowed"),
    21402: Entry(400, "Invalid Url"),
    21406: Entry(400, "Cannot set SmsFallbackUrl without setting SmsUrl"),
    21407: Entry(400, "This Phone Number type does not support SMS"),
    21408: Entry(
        400,
        "Permission to send an SMS or MMS has not been enabled for the region indicated by the 'To' number",
        "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {to}",
    ),
    21421: Entry(400, "Phone Number is invalid"),
    21422: Entry(400, "PhoneNumber is not available"),
    21452: Entry(400, "No phone numbers found in area code"),
    21470: Entry(400, "Invalid AccountSid"),
    21481: Entry(400, "Invalid PageToken"),
    21601: Entry(400, "Phone number is not a valid SMS-capable inbound phone number"),
    21602: Entry(400, "Message body is required", "Message body is required."),
    21603: Entry(
        400,
        "A 'From' or 'MessagingServiceSid' parameter is required to send a message",
        "A 'From' phone number is required.",
    ),
    21604: Entry(
        400, "The destination 'To' phone number is required to send an SMS", "A 'To' phone number is required."
    ),
    21605: Entry(400, "Maximum body length is 160 characters (old API endpoint)"),
    21606: Entry(
        400,
        "'From' number is not a valid message-capable Twilio number for this account",
        "The From phone number {from} is not a valid, SMS-capable inbound phone number or short code for your account.",
    ),
    21607: Entry(400, "The 'from' phone number must be the sandbox phone number for trial accounts."),
    21608: Entry(
        400,
        "The 'to' phone number provided is not yet verified for this account.",
        "The number {to} is unverified. Trial accounts cannot send messages to unverified numbers; verify {to} at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio number to send messages to unverified numbers",
    ),
    21609: Entry(400, "Invalid 'StatusCallback'"),
    21610: Entry(400, "Attempt to send to unsubscribed recipient"),
    21611: Entry(400, "This 'From' number has exceeded the maximum number of queued messages", "SMS queue is full."),
    21612: Entry(
        400,
        'Message cannot be sent with the current combination of "To" and/or "From" parameters',
        "Message cannot be sent with the current combination of 'To' ({to}) and/or 'From' ({from}) parameters",
    ),
    21614: Entry(400, "'To' number is not a valid mobile number", "'To' number: {to}, is not a valid mobile number"),
    21616: Entry(400, "The 'From' number matches multiple numbers for your account"),
    21617: Entry(
        400,
        "The concatenated message body exceeds the 1600 character limit",
        "The concatenated message body exceeds the 1600 character limit.",
    ),
    21618: Entry(400, "The message body cannot be sent"),
    21619: Entry(
        400,
        "A Message Body, Media URL or Content SID is required",
        "A text message body or media urls must be specified.",
    ),
    21620: Entry(400, "Invalid media URL(s)"),
    21621: Entry(400, "The 'From' number has not been enabled for MMS"),
    21622: Entry(400, "MMS has not been enabled for your account"),
    21623: Entry(400, "Number of media files exceeds allowed limit"),
    21624: Entry(400, "Invalid validity period value"),
    21626: Entry(400, "Invalid 'StatusCallbackEvent'"),
    21627: Entry(400, "Max Price must be a valid float"),
    21635: Entry(400, "'To' number cannot be a landline"),
    21652: Entry(400, "Maximum subject length is 40 characters"),
    21653: Entry(400, "There are more recipient addresses than allowed"),
    21654: Entry(400, "ContentSid Required"),
    21655: Entry(400, "The ContentSid is Invalid"),
    21656: Entry(400, "The ContentVariables Parameter is invalid"),
    21657: Entry(400, "The Sender ID is invalid"),
    21659: Entry(
        400,
        "'From' is not a Twilio phone number or Short Code country mismatch",
        "'From' {from} is not a Twilio phone number or Short Code country mismatch",
    ),
    21660: Entry(
        400,
        "Mismatch between the 'From' number and the account",
        "Mismatch between the 'From' number {from} and the account {account_sid}",
    ),
    21661: Entry(400, "'From' number is not SMS-capable"),
    21662: Entry(400, "Current combination of 'From' and 'To' parameters cannot be used in Ireland region"),
    21663: Entry(400, "'From' phone number routing configuration is incorrect"),
    21664: Entry(400, "'FallbackFrom' cannot be used with a 'From' sender"),
    21665: Entry(400, "Invalid 'FallbackFrom' sender"),
    21666: Entry(400, "'FallbackFrom' requires MessagingServiceSid"),
    21667: Entry(400, "'FallbackFrom' requires the Messaging Service to have an RCS Sender"),
    21668: Entry(400, "Phone number type is not supported for messaging in the Ireland (IE1) region."),
    21701: Entry(404, "The Messaging Service does not exist"),
    21702: Entry(400, "The Messaging Service is not available to send new messages"),
    21703: Entry(None, "The Messaging Service does not have a phone number available to send a message"),
    21704: Entry(None, "The Messaging Service contains no phone numbers"),
    21705: Entry(400, "The Messaging Service is invalid"),
    21708: Entry(400, "Alpha Sender ID Missing from the request"),
    21709: Entry(400, "Alpha Sender ID is Invalid or Not Authorized for this Messaging Service"),
    21710: Entry(409, "Phone Number Already Exists in Messaging Service"),
    21711: Entry(400, "Sender is not associated with the specified Messaging Service"),
    21712: Entry(409, "Phone Number or Short Code is associated with another Messaging Service."),
    21714: Entry(400, "Messaging Service Number Pool size limit reached"),
    21910: Entry(400, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel"),
    30001: Entry(None, "Queue overflow"),
    30002: Entry(None, "Account suspended"),
    30003: Entry(None, "Unreachable destination handset"),
    30004: Entry(None, "Message blocked"),
    30005: Entry(None, "Unknown destination handset"),
    30006: Entry(None, "Landline or unreachable carrier"),
    30007: Entry(None, "Message filtered"),
    30008: Entry(None, "Unknown error"),
    30009: Entry(None, "Missing inbound segment"),
    30010: Entry(None, "Message price exceeds max price"),
    30011: Entry(None, "MMS not supported by the receiving phone number in this region"),
    30017: Entry(None, "Carrier network congestion"),
    30018: Entry(None, "Destination carrier requires sender ID pre-registration"),
    30019: Entry(None, "Content size exceeds carrier limit"),
    30020: Entry(None, "Internal Failure with Message Scheduling"),
    30021: Entry(None, "Internal Failure with messaging service orchestrator"),
    30022: Entry(None, "US A2P 10DLC - Rate Limits Exceeded"),
    30023: Entry(None, "US A2P 10DLC - Daily Message Cap Reached"),
    30024: Entry(None, "Numeric Sender ID Not Provisioned on Carrier"),
    30025: Entry(None, "US A2P 10DLC - 50% T-Mobile Daily Message Limit Consumed"),
    30026: Entry(None, "US A2P 10DLC - 70% T-Mobile Daily Message Limit Consumed"),
    30027: Entry(None, "US A2P 10DLC - T-Mobile Daily Message Limit Reached"),
    30032: Entry(None, "Toll-Free Number Has Not Been Verified"),
    30033: Entry(None, "US A2P 10DLC - Campaign Suspended"),
    30034: Entry(None, "US A2P 10DLC - Message from an Unregistered Number"),
    30035: Entry(None, "US A2P 10DLC - Message from a number still being configured"),
    30036: Entry(None, "Validity Period Expired"),
    30037: Entry(None, "Outbound Messaging Disabled"),
    30038: Entry(None, "OTP Message Body Filtered"),
    30039: Entry(None, "Filtered to Prevent Message Loops"),
    30040: Entry(None, "Destination carrier requires Sender ID pre-registration"),
    30041: Entry(None, "Sender is restricted or unregistered in a country requiring registration"),
    30042: Entry(None, "Alphanumeric Sender ID is generic or unauthorized for this account"),
    30043: Entry(None, "International SMS via Domestic Gateway"),
    30044: Entry(None, "Trial Message Length Exceeded"),
    30045: Entry(None, "Validity Period is less than zero or greater than maximum allowed"),
    30046: Entry(None, "Message delivery not confirmed"),
    30400: Entry(400, "Parameters are not valid"),
    30404: Entry(404, "Not Found", "The resource was not found."),
    30409: Entry(409, "This message cannot be canceled", "Message is not in a cancelable state."),
    30410: Entry(None, "Provider Timeout Error"),
    30450: Entry(None, "Message delivery blocked"),
    30453: Entry(None, "Message couldn't be delivered"),
    30454: Entry(None, "Account exceeded the messages limit"),
    30485: Entry(None, "Message couldn't be delivered"),
    30500: Entry(None, "Twilio Internal Error"),
    35111: Entry(400, "SendAt timestamp is missing", "SendAt cannot be empty for ScheduleType 'fixed'"),
    35114: Entry(
        400,
        "Scheduling does not support this timestamp",
        "SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive.",
    ),
    35115: Entry(
        400,
        "Scheduling does not support this timestamp",
        "SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive.",
    ),
    35117: Entry(
        400,
        "Scheduling does not support this timestamp",
        "SendAt time must be between 300 seconds and 35 days (3024000 seconds) in the future, inclusive.",
    ),
    35118: Entry(400, "MessagingServiceSid is required to schedule a message"),
    35125: Entry(400, "Maximum limit reached in the account for scheduling messages"),
    35126: Entry(400, "The ScheduleType value provided is not supported for this channel"),
    60600: Entry(None, "Unprovisioned or out of coverage"),
    60601: Entry(None, "Authorization required for Canada lookups"),
}

# What Twilio's debugger shows about a customer's server and what it answers: the titles by code.
ALERTS: dict[int, str] = {
    11200: "HTTP retrieval failure",
    11201: "TCP connection timed out",
    11202: "TCP connection refused",
    11203: "HTTP communication total time out triggered",
    11205: "HTTP connection failure",
    11206: "HTTP protocol violation",
    11210: "HTTP bad host name",
    11215: "HTTP too many redirects",
    11216: "HTTP invalid redirect",
    11217: "HTTP error response code",
    11220: "SSL/TLS Handshake Error",
    11235: "Certificate Invalid - Domain Mismatch",
    11236: "Certificate Invalid - Certificate Expired",
    11237: "Certificate Invalid - Could not find path to certificate",
    11240: "HTTP connection edge location is invalid",
    11241: "HTTP connection edge location is not supported",
    11242: "HTTP connection over Twilio Interconnect is not allowed",
    11243: "HTTP retry policy is invalid",
    11750: "TwiML response body too large",
    11751: "Media Message - Media exceeds messaging provider size limit",
    11770: "Empty response body",
    12100: "Document parse failure",
    12101: "Invalid Twilio Markup XML version",
    12102: "The root element must be Response",
    12200: "Schema validation warning",
    12300: "Invalid Content-Type",
    14101: 'Invalid "To" attribute',
    14102: 'Invalid "From" attribute',
    14103: "Invalid Body",
    14104: "Invalid Method attribute",
    14105: "Invalid statusCallback attribute",
    14106: "Document retrieval limit reached",
    14107: "SMS send rate limit exceeded",
    14108: "From phone number not SMS capable",
    14109: "TwiML Reply message limit exceeded",
    14110: "Invalid Verb for SMS Reply",
    14111: "Invalid To phone number for Trial mode",
}

# Twilio's dictionary: the very same send may succeed later with no person changing anything; for an error of a delivery,
# as a new message.
RETRY_MAY_HELP = frozenset(
    {20009, 20409, 20429, 20500, 20503, 20504, 21611, 35125}
    | {30001, 30003, 30008, 30017, 30020, 30021, 30022, 30023, 30027, 30035, 30036}
    | {30410, 30450, 30453, 30485, 30500}
)
UNKNOWN_ERROR = 30008  # of a delivery that failed nobody knows why
_INSIDE_AN_ANSWER = frozenset({60600, 60601})  # of Lookup: the answer is a 200, the code stands in a package


def kind_of(code: int) -> Kind:
    """Return where a code of the catalogue turns up; raise `LookupError` for any other code."""
    return Kind.API if CATALOGUE[code].status or code in _INSIDE_AN_ANSWER else Kind.DELIVERY
