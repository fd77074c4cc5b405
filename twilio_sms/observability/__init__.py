"""What a call tells: spans, metrics, one line in the log."""
