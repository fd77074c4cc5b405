"""What may happen to a message: its statuses, delays, faults, and callbacks that go wrong."""
