"""What Twilio sends to us."""
