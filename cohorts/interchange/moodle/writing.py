"""Writing Moodle's table. What it cannot carry is listed in docs/standards.md."""

from __future__ import annotations

import json
from collections import Counter

from cohorts.interchange import sheet
from cohorts.interchange.document import NodeRecord, ScaleLevel, StandardDocument, depths
from cohorts.interchange.moodle import table
from cohorts.interchange.moodle.html import html_of


def write(document: StandardDocument) -> str:
    """The framework row first, then each statement after its parent.

    The ID number is the statement's code, so that people in Moodle recognize it, or else its identifier.
    """
    numbers = {node.identifier: node.code or node.identifier for node in document.nodes}
    related: dict[str, list[str]] = {}
    for link in document.links:
        if link.origin in numbers and link.destination in numbers:
            related.setdefault(link.origin, []).append(numbers[link.destination].replace(",", "%2C"))
    rows = [_row(node, numbers, related.get(node.identifier, [])) for node in document.nodes]
    return sheet.written([table.HEADINGS, _frame(document), *rows])


def short_name(label: str) -> str:
    """The label, cut between words where Moodle would cut it in the middle of one."""
    if len(label) <= table.LONGEST_NAME:
        return label
    return label[: table.LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…"


def _frame(document: StandardDocument) -> list[str]:
    row = [""] * len(table.HEADINGS)
    row[table.ID] = document.identifier
    row[table.NAME] = short_name(document.title)
    row[table.TEXT] = html_of(document.note, "")
    row[table.FORMAT] = table.HTML
    row[table.SCALE] = ",".join(level.label.replace(",", ";") for level in document.levels)
    row[table.SCALE_SETTING] = _scale_setting(document.levels)
    row[table.IS_FRAMEWORK] = "1"
    row[table.TAXONOMY] = ",".join(_taxonomy(document))
    return row


def _row(node: NodeRecord, numbers: dict[str, str], related: list[str]) -> list[str]:
    row = [""] * len(table.HEADINGS)
    row[table.PARENT] = numbers.get(node.parent, "")
    row[table.ID] = numbers[node.identifier]
    row[table.NAME] = short_name(node.label)
    row[table.TEXT] = html_of(node.summary, node.official_text)
    row[table.FORMAT] = table.HTML
    row[table.RULE_CONFIG] = "null"
    row[table.RELATED] = ",".join(related)
    return row


def _scale_setting(levels: tuple[ScaleLevel, ...]) -> str:
    """Moodle wants one default and at least one proficient level: the lowest, and the upper half."""
    if not levels:
        return ""
    count = len(levels)
    setting: list[dict[str, object]] = [{"scaleid": "1"}]
    for place in range(1, count + 1):
        default, proficient = int(place == 1), int(place > count // 2)
        if default or proficient:
            setting.append({"id": place, "scaledefault": default, "proficient": proficient})
    return json.dumps(setting, separators=(",", ":"))


def _taxonomy(document: StandardDocument) -> list[str]:
    """The commonest kind of each of the four levels that Moodle names; the last one repeats below."""
    found: dict[int, Counter[str]] = {}
    depth_of = depths(document)
    for node in document.nodes:
        found.setdefault(depth_of[node.identifier], Counter())[table.WORDS[node.kind]] += 1
    words = [found[depth].most_common(1)[0][0] for depth in sorted(found)][: table.TAXONOMY_LEVELS]
    return words + words[-1:] * (table.TAXONOMY_LEVELS - len(words))
