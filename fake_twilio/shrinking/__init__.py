"""Finds the few troubles of a scenario that break a command."""
