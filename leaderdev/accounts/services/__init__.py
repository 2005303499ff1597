"""What changes more than one row, or is worth a line in the security log."""
