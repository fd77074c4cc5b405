"""Forms of values: numbers, SIDs, dates, spans, patterns."""
