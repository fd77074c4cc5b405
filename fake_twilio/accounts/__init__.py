"""Accounts and what they send from: tokens, keys, numbers, services, applications, opt-outs."""
