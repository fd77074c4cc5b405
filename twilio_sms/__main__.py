"""``python -m twilio_sms`` is the command ``twilio-sms``."""

from twilio_sms.cli import main

main()
