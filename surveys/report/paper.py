"""What a printed report adds to the content: numbers of tables and figures, and each method told once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from surveys.report.content import Method, Picture, Report, Table


def labels(report: Report) -> dict[str, str]:
    """ "Table 1", "Figure 1" … by the key of the block, in the order of the report."""
    found: dict[str, str] = {}
    tables = figures = 0
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                tables += 1
                found[block.key] = _("Table %(number)d") % {"number": tables}
            elif isinstance(block, Picture):
                figures += 1
                found[block.key] = _("Figure %(number)d") % {"number": figures}
    return found


def methods(report: Report) -> list[tuple[str, Method]]:
    """(section, what is told there), without entries that an earlier section has told."""
    told: set[tuple[str, str]] = set()
    found = []
    for section in report.sections:
        for block in section.blocks:
            if not isinstance(block, Method):
                continue
            new = tuple(entry for entry in block.entries if entry not in told)
            told.update(new)
            if new:
                found.append((section.title, Method(new)))
    return found
