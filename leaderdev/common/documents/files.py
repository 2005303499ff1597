"""Private files leave only through here: after the caller's check of the reader, and never to be run."""

from __future__ import annotations

import logging

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

logger = logging.getLogger("leaderdev.documents")

# A browser that shows it all the same shall run nothing, load nothing and know nobody.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
PDF = "application/pdf"


def download(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """The file as attachment under `name`, written as RFC 6266 wants it."""
    try:
        content = file.open("rb")
    except FileNotFoundError:
        # A row without its file: a backup was put back without the files. docs/operations.md says how.
        logger.warning("A file is missing from the storage.")
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
