"""Pages of learning sessions. One noun a file."""
