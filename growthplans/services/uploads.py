"""Taking a file in: what it is, whether there is room for it, and a sentence for each refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from growthplans.file_names import shown_name
from growthplans.files import FileRefusedError, kind_of
from growthplans.services.refusals import FieldRefusedError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that may be kept; `size` in bytes, `name` as people will see it again."""

    content: File
    name: str
    content_type: str
    size: int


def kinds_in_words() -> str:
    return _("PDF, Word, Excel, PowerPoint, OpenDocument, pictures, plain text, or a short film or sound")


def refusal_of(reason: str) -> str:
    """The sentence for a reason of growthplans.files, with what to do instead."""
    sentences = {
        "empty": _("This file is empty. Choose another one."),
        "unknown": _("This is not a kind of file that can be kept here. Possible are: %(kinds)s."),
        "program": _("This is a program, whatever its name says. Programs cannot be kept here."),
        "web_page": _(
            "This is a web page or a drawing for one. Print it to PDF and add that, or add a link."
        ),
        "old_office": _(
            "This is an old or locked office file. Save it as DOCX, XLSX, PPTX or PDF and add that."
        ),
        "macros": _("This document holds macros. Save it without them and add that."),
        "two_in_one": _("This is two files in one. Save it again in the program it was made with."),
        "broken": _("This file is cut off or damaged. Save it again in the program it was made with."),
        "says_other": _(
            "Its name says one kind of file, and inside it is plain text. Rename it to end in .txt."
        ),
    }
    return sentences[reason] % {"kinds": kinds_in_words()}


def taken(file: Any) -> Upload:
    """The upload, looked at from start to end. Raises FieldRefusedError for the field "file"."""
    limit = settings.EVIDENCE_MAX_MB
    if file.size > limit * MEGABYTE:
        sentence = _("This file has %(size)d MB; there is room for %(limit)d MB. A link takes no room.")
        size = -(-file.size // MEGABYTE)
        raise FieldRefusedError("file", sentence % {"size": size, "limit": limit})
    raw = file.name or ""
    try:
        kind = kind_of(file, raw)
    except FileRefusedError as refusal:
        raise FieldRefusedError("file", refusal_of(refusal.reason)) from None
    return Upload(
        content=file,
        name=shown_name(raw, kind, fallback=_("file")),
        content_type=kind.content_type,
        size=file.size,
    )
