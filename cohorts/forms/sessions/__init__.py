"""Forms of learning sessions. One noun a file."""
