"""What to do about each exception, for the page of errors."""

from collections.abc import Mapping

from fake_twilio.kit.explorer import Broken
from fake_twilio.kit.no_escape import EscapeError
from fake_twilio.kit.waiting import NotReached
from fake_twilio.load.errors import LoadError, RequestFailed
from fake_twilio.scenario_files.problems import ScenarioError
from twilio_sms import errors
from twilio_sms.simulation.expectations import UnexpectedSendError, UnmetExpectationError

ADVICE: Mapping[type[errors.TwilioError], str] = {
    errors.TwilioError: "Catch it where all of them end the same way; otherwise catch the classes below.",
    errors.ValidationError: "Correct the argument: its text names everything that is wrong.",
    errors.GateError: "Nothing left the process, so the same call may be made later; the classes below say when.",
    errors.LocalRateLimitError: "Wait `retry_after_seconds`, or raise the limit in `Config.rate_limits`.",
    errors.BreakerOpenError: "Wait `retry_after_seconds`; tell people that messages are late.",
    errors.LocalOptOutError: "Do not text this person. They come back by START, or `client.opt_outs.remove`.",
    errors.OptOutUnknownError: "Repair the list, such as its file or Redis; until then nothing is sent.",
    errors.CredentialsError: "Put the secret where it is read: its text names the file, the variable or the callable.",
    errors.JournalError: "Do what its text says: another file, or the same rows, account and address as before.",
    errors.WebhookStoreError: "Answer the webhook with 5xx, as the handlers do, and repair the store.",
    errors.WaitTimeoutError: "Look at `last_seen`; ask again later, or let a status callback tell.",
    errors.ReplayError: "Record the cassette anew: `--twilio-cassette-mode=all`.",
    errors.WireError: "See the classes below; `phase` says how far the request had come.",
    errors.ConnectionFailedError: "Repeat it later: it was tried again already. Look at the network if it stays.",
    errors.NoAnswerError: "Repeat it: to read, cancel, redact or delete once more does no harm.",
    errors.AmbiguousSendError: "Never send it again blindly: `client.messages.reconcile` looks for it.",
    errors.AnswerError: "Do not repeat it: Twilio carried it out. Look whether a proxy changes answers.",
    errors.AcceptedWithoutSidError: "Never send it again; `client.messages.reconcile` finds its SID.",
    errors.ApiError: "Twilio's `code` and `more_info` say why; the classes below say what to do.",
    errors.AuthenticationError: "Change the credentials, or what the account may do; repeating does not help.",
    errors.NotFoundError: "Correct the SID or the account; it may have been deleted.",
    errors.RateLimitedError: "Wait `retry_after_seconds`, then repeat; lower `Config.rate_limits` if it comes often.",
    errors.NotProcessedError: "It was repeated once on a new connection; look at what stands between you and Twilio.",
    errors.ServerError: "Repeat it later. It never ends a send: that is an `AmbiguousSendError`.",
    errors.RequestError: "Correct the request: `code` says which parameter.",
    errors.InvalidRecipientError: "Take the number off the list; it will not get better.",
    errors.OptedOutError: "Do not text this person from this sender; the client's own list has learnt it.",
    errors.RegionNotEnabledError: "Have a person enable the country in Twilio's console.",
    errors.SenderError: "Use another sender, or set this one up: `code` says what is missing.",
    errors.QueueFullError: "Pause this sender; its queue empties by itself.",
    errors.SchedulingError: "Correct the time or the service; a message that is not waiting cannot be canceled.",
    errors.ConflictError: "Look at the resource: it must come to another state first.",
}

ELSEWHERE: Mapping[type[BaseException], str] = {
    UnexpectedSendError: "Expect it, or find out why the code sent it: its text has what differs.",
    UnmetExpectationError: "Find out why it was not sent.",
    Broken: "Run the scenario file of its text with the same seed: the order of callbacks comes back.",
    EscapeError: "Point the client at the fake; `allow_escape=True` of the marker lets a test through.",
    NotReached: "Look at the timeline in its text.",
    ScenarioError: "Correct the file: each line names place and remedy.",
    LoadError: "Do what its text says: it is about the host, the options or the account of a load.",
    RequestFailed: "Nothing: Locust counts it. Raise it in a task of your own to have a failure counted.",
}
