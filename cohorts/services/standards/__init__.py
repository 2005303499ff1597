"""What changes a leadership standard: adopting, importing, filling in words, new versions."""

from cohorts.services.standards.adopting import adopt_library_standard
from cohorts.services.standards.applying import import_standard
from cohorts.services.standards.documents import export_document
from cohorts.services.standards.planning import Change, ImportPlan, plan_import
from cohorts.services.standards.versions import is_settled, years_settled_on
from cohorts.services.standards.wording import edit_words

__all__ = [
    "Change",
    "ImportPlan",
    "adopt_library_standard",
    "edit_words",
    "export_document",
    "import_standard",
    "is_settled",
    "plan_import",
    "years_settled_on",
]
