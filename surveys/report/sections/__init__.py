"""The report's sections, one module a question that a reader asks."""
