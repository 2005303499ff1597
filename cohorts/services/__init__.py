"""What changes more than one row or has a side effect; each function names the acting person."""
