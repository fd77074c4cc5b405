"""Which error a refusal of Twilio's becomes, as data.

The codes are those of Twilio's error dictionary, https://www.twilio.com/docs/api/errors. A code that is not here
falls back on its HTTP status. The class says what the caller can do; whether a call may be repeated it does not say:
that comes from the verdict.
"""

from twilio_sms.errors import (
    ApiError,
    AuthenticationError,
    ConflictError,
    InvalidRecipientError,
    NotFoundError,
    NotProcessedError,
    OptedOutError,
    QueueFullError,
    RateLimitedError,
    RegionNotEnabledError,
    RequestError,
    SchedulingError,
    SenderError,
    ServerError,
)

CODES: dict[type[ApiError], frozenset[int]] = {
    AuthenticationError: frozenset({20003, 20005, 20006, 20008, 20010, 20403}),
    NotFoundError: frozenset({20404, 20410, 30404}),
    RateLimitedError: frozenset({20429}),
    ServerError: frozenset({20500, 20503}),
    InvalidRecipientError: frozenset({21201, 21211, 21265, 21266, 21268, 21604, 21608, 21612, 21614, 21635}),
    OptedOutError: frozenset({21610}),
    RegionNotEnabledError: frozenset({21408}),
    SenderError: frozenset(
        {21212, 21267, 21407, 21601, 21603, 21606, 21607, 21616, 21621, 21622, 21657, 21659, 21660, 21661, 21662}
        | {21663, 21664, 21665, 21666, 21667, 21668, 21701, 21702, 21703, 21704, 21705, 21708, 21709, 21711, 21910}
    ),
    QueueFullError: frozenset({21611}),
    SchedulingError: frozenset({30409, 35111, 35114, 35115, 35117, 35118, 35125, 35126}),
    ConflictError: frozenset({20009, 20409, 21710, 21712}),
}

# What a message that was accepted may end with: the error_code of a status callback, never that of an answer.
DELIVERY_CODES: frozenset[int] = frozenset(
    {30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30009, 30010, 30011, 30017, 30018, 30019, 30020, 30021}
    | {30022, 30023, 30024, 30025, 30026, 30027, 30032, 30033, 30034, 30035, 30036, 30037, 30038, 30039, 30040, 30041}
    | {30042, 30043, 30044, 30045, 30046, 30410, 30450, 30453, 30485, 30500}
)

STATUSES: dict[int, type[ApiError]] = {
    401: AuthenticationError,
    403: AuthenticationError,
    404: NotFoundError,
    408: NotProcessedError,
    409: ConflictError,
    410: NotFoundError,
    421: NotProcessedError,
    425: NotProcessedError,
    429: RateLimitedError,
}

_BY_CODE = {code: kind for kind, codes in CODES.items() for code in codes}


def error_class(status: int, code: int | None) -> type[ApiError]:
    """Return the class for an answer with HTTP *status* and Twilio's *code*."""
    found = _BY_CODE.get(code) if code is not None else None
    if found is not None:
        return found
    if status >= 500:
        return ServerError
    return STATUSES.get(status, RequestError)
