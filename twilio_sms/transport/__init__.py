"""The wire: what goes out and comes back, and how far it got."""
