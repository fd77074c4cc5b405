"""Who we are to Twilio: secrets that print as ``***``, and who supplies them."""

from twilio_sms.credentials.basic import BasicAuth, Credentials, FixedCredentials
from twilio_sms.credentials.callable import CallableCredentials
from twilio_sms.credentials.environment import EnvironmentCredentials
from twilio_sms.credentials.file import FileCredentials
from twilio_sms.credentials.secret import SecretString

__all__ = [
    "BasicAuth",
    "CallableCredentials",
    "Credentials",
    "EnvironmentCredentials",
    "FileCredentials",
    "FixedCredentials",
    "SecretString",
]
