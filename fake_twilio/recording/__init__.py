"""A proxy in front of an API that makes a scenario of what it sees."""
