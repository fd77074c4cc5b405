"""Messages: asked for, made, listed."""
