"""Moodle's fourteen columns and its words."""

from __future__ import annotations

HEADINGS = (
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
)
PARENT, ID, NAME, TEXT, FORMAT, SCALE, SCALE_SETTING = range(7)
RULE, RULE_OUTCOME, RULE_CONFIG, RELATED, EXPORTED, IS_FRAMEWORK, TAXONOMY = range(7, 14)

LONGEST_NAME = 100  # Moodle cuts longer short names without a word
HTML = "1"
TAXONOMY_LEVELS = 4

# One word of Moodle's for each of our kinds, so that a kind comes back as it went.
WORDS = {
    "domain": "domain",
    "standard": "outcome",
    "competency": "competency",
    "practice": "practice",
    "requirement": "proficiency",
    "element": "skill",
    "indicator": "indicator",
    "descriptor": "behaviour",
    "ethic": "value",
    "resource": "concept",
}
KINDS = {word: kind for kind, word in WORDS.items()} | {"level": "descriptor"}


def is_moodle(rows: list[tuple[int, list[str]]]) -> bool:
    """By the headings, or, in another language, by fourteen columns of which one row is the framework."""
    if not rows:
        return False
    headings = [cell.lower() for cell in rows[0][1]]
    if {"parent id number", "is framework"} & set(headings):
        return True
    return len(headings) == len(HEADINGS) and any(is_framework(row) for _, row in rows[1:])


def is_framework(row: list[str]) -> bool:
    return len(row) > IS_FRAMEWORK and row[IS_FRAMEWORK].lower() not in ("", "0", "false", "no")
