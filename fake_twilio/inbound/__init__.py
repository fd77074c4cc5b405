"""What people send, and what comes of the answers."""
