"""Forms of the pages that belong to no single app."""
