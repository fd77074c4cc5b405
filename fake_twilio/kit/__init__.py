"""What a test says with the fixture: what was sent, what is waited for, what happened, and that nothing escapes."""
