"""Webhooks: made, queued, delivered, tried again."""
