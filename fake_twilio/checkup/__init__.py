"""Whether an app takes webhooks as Twilio sends them, found out by asking it."""
