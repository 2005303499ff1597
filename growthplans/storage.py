"""Where evidence lies: outside the web root, under random names. Migrations name these functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaderdev.common.documents.storage import DOCUMENTS, document_name, random_name
from leaderdev.common.documents.storage import private_storage as evidence_storage

if TYPE_CHECKING:
    from growthplans.models import Evidence

__all__ = ["DOCUMENTS", "document_name", "evidence_name", "evidence_storage"]


def evidence_name(evidence: Evidence, file_name: str) -> str:
    return random_name()
