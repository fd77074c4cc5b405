"""Accounts, their numbers, services and applications."""
