"""The fake's own API under ``/_fake/``: what a tester sees and changes while it runs."""
