"""Where evidence files lie: outside the web root, under random names."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.files.storage import Storage, storages

if TYPE_CHECKING:
    from growthplans.models import Evidence


def evidence_storage() -> Storage:
    return storages["evidence"]


def evidence_name(evidence: Evidence, file_name: str) -> str:
    """A name that tells nothing: two random parts, so that no folder grows too large."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}"
