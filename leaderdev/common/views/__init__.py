"""Pages that belong to no app of the program."""
