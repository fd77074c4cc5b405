"""The messages of all accounts: what becomes of each, and what a scenario has in store for it."""
