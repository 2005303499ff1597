"""What changes a plan. Keyword-only, the acting person as `by`, one transaction each."""
