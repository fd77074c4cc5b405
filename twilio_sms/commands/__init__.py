"""The commands of ``twilio-sms``, a file for each."""
