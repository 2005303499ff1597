"""Reading a roster: thinking only. Nothing in this package imports Django or a model."""
