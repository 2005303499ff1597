"""Pages of a trio's talks, one noun a file."""
