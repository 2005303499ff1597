"""Pages around signing in, one subject a file."""
