"""Who we are to Twilio: secrets that print as ``***``, and who supplies them."""
