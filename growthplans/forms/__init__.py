"""Forms of growth plans."""
