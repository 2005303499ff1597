"""Forms of the district and its cohorts, one noun a file."""
