"""The study's statistics as pure functions on NumPy arrays: neither Django nor rows, and no hidden defaults.

Importing a module here imports NumPy (0.4 s, 20 MB); SciPy only inside the functions that need it. Therefore
this listing is empty: pages import `surveys.analysis.…` inside the function that opens a report.

Conventions, everywhere: a difference is post − pre, so a positive figure means growth; a missing answer is
NaN; each result is a frozen dataclass that states how many were used (n) and dropped; an undefined case is a
ValueError with a sentence. docs/statistics.md defines each figure.
"""
