"""What comes in: how it is told, and what the answer asks for."""
