"""A growth plan on paper: gathered once as plain values (content), then drawn as PDF (pdf) or Word (word)."""
