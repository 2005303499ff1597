"""What changes in a trio's talks; one noun a file."""
