"""Faults of the connection: what a client sees on the wire, and how it comes about."""
