"""Where evidence and finished documents lie: outside the web root, under random names."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.files.storage import Storage, storages

if TYPE_CHECKING:
    from growthplans.models import DocumentRequest, Evidence

# Finished documents lie in a folder of their own, so that a backup may leave them out.
DOCUMENTS = "documents"


def evidence_storage() -> Storage:
    return storages["evidence"]


def evidence_name(evidence: Evidence, file_name: str) -> str:
    """A name that tells nothing: two random parts, so that no folder grows too large."""
    return _random_name()


def document_name(request: DocumentRequest, file_name: str) -> str:
    return f"{DOCUMENTS}/{_random_name()}"


def _random_name() -> str:
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}"
