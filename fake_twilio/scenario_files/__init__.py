"""Scenario files: strict YAML in, a `Scenario` out."""
