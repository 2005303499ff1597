"""Where private files and finished documents lie: outside the web root, under random names."""

from __future__ import annotations

import secrets
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage, storages

# Finished documents lie in a folder of their own, so that a backup may leave them out.
DOCUMENTS = "documents"


def private_storage() -> Storage:
    return storages["evidence"]


def random_name() -> str:
    """A name that tells nothing: two random parts, so that no folder grows too large."""
    token = secrets.token_hex(20)
    return f"{token[:2]}/{token[2:]}"


def document_name(order: Any, file_name: str) -> str:
    return f"{DOCUMENTS}/{random_name()}"


def names_in_use() -> set[str]:
    """The names of the finished documents of every app; a sweep of stray files leaves these alone."""
    from leaderdev.common.documents.orders import DocumentOrder

    kinds = [model for model in apps.get_models() if issubclass(model, DocumentOrder)]
    rows = (kind._default_manager.exclude(file="").values_list("file", flat=True) for kind in kinds)
    return {name for names in rows for name in names}
