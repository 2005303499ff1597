"""Filling in a district's words: its own summary, and the official text that it has a license for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cohorts.models import District, Standard, StandardNode
from cohorts.permissions import may_configure_district
from cohorts.services.standards.versions import changes_wording, copy_as_new_version, is_settled, latest


@dataclass(frozen=True)
class Words:
    """The new texts of one statement; None leaves a text as it is, whatever it is by now."""

    summary: str | None = None
    official_text: str | None = None

    def texts(self) -> dict[str, str]:
        return {name: text for name, text in vars(self).items() if text is not None}


@transaction.atomic
def edit_words(*, by: Any, standard: Standard, words: Mapping[int, Words]) -> Standard:
    """Store the words by row number of the statement; return the standard that has them now.

    Filling what was empty stays in this version. Changing words that a program year holds makes a new
    version with the change and leaves this one as it is. Where a newer version exists already (a second
    click, a colleague a minute earlier), the words go to the same statements there.
    Numbers of another standard are ignored. Raises PermissionDenied.
    """
    district = District.objects.select_for_update().get(pk=standard.district_id)
    if not may_configure_district(by, district):
        raise PermissionDenied
    meant = {node.identifier: words[node.pk] for node in standard.nodes.filter(pk__in=words)}
    standard = latest(standard)
    nodes = list(standard.nodes.filter(identifier__in=meant))
    if is_settled(standard) and any(_rewrites(node, meant[node.identifier]) for node in nodes):
        standard = copy_as_new_version(standard)
        nodes = list(standard.nodes.filter(identifier__in=meant))
    for node in nodes:
        for name, text in meant[node.identifier].texts().items():
            setattr(node, name, text)
    StandardNode.objects.bulk_update(nodes, ["summary", "official_text"], batch_size=200)
    return standard


def _rewrites(node: StandardNode, words: Words) -> bool:
    return any(changes_wording(name, getattr(node, name), text) for name, text in words.texts().items())
