"""Clients on a faulty wire: the settings that its tests share, and a message in a line."""

from dataclasses import replace

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER
from tests.faulty_twilio import CERTIFICATE
from tests.parts import ONCE, UNLIMITED
from tests.tls_faults import ENDLESS
from twilio_sms import Client, Config, RetryPolicy, Timeouts, TwilioError

PATIENT = Config(  # for faults that end by themselves, however busy the machine is
    timeouts=Timeouts(connect_seconds=5, read_seconds=5, total_seconds=20),
    max_answer_bytes=1 << 20,
    retry=ONCE,
    rate_limits=UNLIMITED,
    ca_bundle=CERTIFICATE,
)
FAST = replace(PATIENT, timeouts=Timeouts(connect_seconds=0.5, read_seconds=0.5, total_seconds=0.6))
RETRYING = RetryPolicy()  # the default
BODY = "hello " * 100


def config_for(fault: str, retry: RetryPolicy = ONCE) -> Config:
    """Return settings under which *fault* soon comes to its end."""
    return replace(FAST if fault in ENDLESS else PATIENT, retry=retry)


def client_at(url: str, config: Config = PATIENT, **options) -> Client:
    """Return a client that does not wait before it tries again, unless it is asked to."""
    return Client(ACCOUNT_SID, AUTH_TOKEN, base_url=url, config=config, **{"random": lambda: 0.0, **options})


def send(client: Client, body: str = BODY) -> TwilioError | None:
    """Send one message; return what went wrong."""
    try:
        client.messages.send(to=RECIPIENT, from_=SENDER, body=body)
    except TwilioError as error:
        return error
    return None
