"""A client without Twilio: scripted, recorded, replayed."""
