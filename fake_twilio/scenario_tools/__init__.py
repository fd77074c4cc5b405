"""What can be said about a scenario without playing it."""
