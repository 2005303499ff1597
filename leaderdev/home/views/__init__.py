"""Pages that gather from every app."""
