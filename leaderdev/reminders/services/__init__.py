"""Finding, sending, and what people decide about it."""
