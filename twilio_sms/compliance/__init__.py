"""Who must not be texted, and which words say so."""
