"""What a program year still lacks before it can open: facts from the database, sentences from the facts."""

from cohorts.setup.checklist import Checklist, Line, checklist, checklists
from cohorts.setup.items import Item

__all__ = ["Checklist", "Item", "Line", "checklist", "checklists"]
