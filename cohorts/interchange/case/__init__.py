"""1EdTech CASE packages (Competencies and Academic Standards Exchange), versions 1.0 and 1.1, as JSON."""

from cohorts.interchange.case.reading import read
from cohorts.interchange.case.writing import write

__all__ = ["read", "write"]
