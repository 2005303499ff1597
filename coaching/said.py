"""The sentences of coaching.matching in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, ngettext

from coaching.matching.sentences import Said, said_from


def said(sentence: str) -> str:
    """Looked up with its values; text without a template is what somebody wrote and stays."""
    if not isinstance(sentence, Said):
        return sentence
    values = {key: said(one) if isinstance(one, str) else one for key, one in sentence.values.items()}
    if sentence.plural:
        return ngettext(sentence.template, sentence.plural, int(values["number"])) % values
    return gettext(sentence.template) % values


def all_said(rows: Iterable[str | dict[str, Any]]) -> list[str]:
    """Sentences as they are stored in a proposal."""
    return [said(said_from(row)) for row in rows]
