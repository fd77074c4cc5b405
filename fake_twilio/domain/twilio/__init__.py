"""What Twilio says: its codes, refusals, lookups, and how far each parameter is acted on."""
