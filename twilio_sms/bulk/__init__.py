"""Many messages, each at most once, with a journal that outlives a crash."""
