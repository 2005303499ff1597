"""Forms of peer coaching, one noun a file."""
