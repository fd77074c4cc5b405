"""Where webhooks may go, how they are signed, and what is tried again."""
