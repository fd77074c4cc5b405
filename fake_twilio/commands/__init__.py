"""The commands of ``fake-twilio``, a file for each."""
