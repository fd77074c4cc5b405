"""Parts of a client, put together as the client does, for tests of one of them."""

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, HandClock
from twilio_sms.credentials import BasicAuth, FixedCredentials, SecretString
from twilio_sms.gateway import Gateway
from twilio_sms.transport.wire import Timeouts, Transport

BASE = "http://127.0.0.1:1"


def gateway(transport: Transport) -> Gateway:
    credentials = FixedCredentials(BasicAuth(ACCOUNT_SID, SecretString(AUTH_TOKEN)))
    return Gateway(BASE, credentials, transport, Timeouts(), HandClock())
