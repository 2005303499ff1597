"""Housekeeping of files: removed evidence is erased after a while, and files that no row names are swept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.db import transaction

from growthplans.models import Evidence
from growthplans.services.evidence import drop
from growthplans.storage import DOCUMENTS, evidence_storage
from leaderdev.common.documents.storage import names_in_use

# Somebody who removed the wrong file before a holiday still finds it.
KEEP_REMOVED = timedelta(days=30)
# A file is written a moment before its row is committed; younger ones are left alone.
ORPHAN_AGE = timedelta(hours=24)


def forget_removed(*, now: datetime) -> int:
    """Erase what was removed from its plan a month ago, with its file; returns how many."""
    old = list(Evidence.with_removed.filter(removed_at__lte=now - KEEP_REMOVED))
    for row in old:
        with transaction.atomic():
            drop(row)
    return len(old)


def sweep_orphans(*, now: datetime) -> int:
    """Delete stored files that neither evidence nor a document of any app names; returns how many."""
    storage = evidence_storage()
    known = set(Evidence.with_removed.exclude(file="").values_list("file", flat=True))
    known |= names_in_use()
    # Names first, ages after: asking a bucket for each age is a request over the network.
    orphans = [n for n in _names(storage) if n not in known and _is_old(storage, n, now)]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def _names(storage: Storage) -> Iterator[str]:
    for place in ("", DOCUMENTS):
        for folder in _folders(storage, place):
            here = f"{place}/{folder}" if place else folder
            for name in storage.listdir(here)[1]:
                yield f"{here}/{name}"


def _folders(storage: Storage, place: str) -> list[str]:
    """The two-letter folders of growthplans.storage in `place`; what else lies there is not ours."""
    # Not asked for by exists(): in a bucket a folder is a beginning of names and is no thing of its own.
    try:
        return [name for name in storage.listdir(place)[0] if len(name) == 2]
    except FileNotFoundError:
        return []


def _is_old(storage: Storage, name: str, now: datetime) -> bool:
    return storage.get_modified_time(name) <= now - ORPHAN_AGE
