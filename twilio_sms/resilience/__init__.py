"""What stands between a call and trouble: limits, breaker, retries."""
