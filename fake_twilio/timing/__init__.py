"""What time it is, what is due when, and what moves the time."""
