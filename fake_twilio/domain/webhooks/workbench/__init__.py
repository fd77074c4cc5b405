"""What would make a signature right that does not match."""
