"""Sentences as data: plain English, and with it what another language needs to say the same.

The core knows no catalogue of translations. Its functions are called like gettext's own, so that the tool
that collects sentences finds them here too; `coaching.said` looks them up where a page is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Value = str | int


class Said(str):
    """An English sentence with its template, its plural where it has one, and its values.

    A value may be a Said itself. A plural is chosen by the value called `number`.
    """

    template: str
    plural: str
    values: Mapping[str, Value]

    __slots__ = ("plural", "template", "values")

    def __new__(cls, template: str, plural: str, values: Mapping[str, Value]) -> Said:
        said = super().__new__(cls, (plural if plural and values["number"] != 1 else template) % values)
        said.template, said.plural, said.values = template, plural, values
        return said

    def __reduce__(self) -> tuple[Any, ...]:
        return Said, (self.template, self.plural, dict(self.values))


def gettext(template: str, /, **values: Value) -> Said:
    return Said(template, "", values)


def ngettext(template: str, plural: str, number: int, /, **values: Value) -> Said:
    return Said(template, plural, {"number": number, **values})


def plain_said(sentence: str) -> str | dict[str, Any]:
    """As a JSON value; a sentence without a template stays the text that it is."""
    if not isinstance(sentence, Said):
        return sentence
    values = {key: plain_said(one) if isinstance(one, str) else one for key, one in sentence.values.items()}
    return {"text": sentence.template, "plural": sentence.plural, "values": values}


def said_from(row: str | Mapping[str, Any]) -> str:
    if isinstance(row, str):
        return row
    values = {key: one if isinstance(one, int) else said_from(one) for key, one in row["values"].items()}
    return Said(row["text"], row["plural"], values)
