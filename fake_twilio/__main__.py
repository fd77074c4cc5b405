"""``python -m fake_twilio`` is the command ``fake-twilio``."""

from fake_twilio.cli import main

main()
