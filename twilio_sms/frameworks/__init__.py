"""Webhooks in web frameworks: an adapter for each."""
