"""A text that the database holds sealed and the code reads as words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import BaseExpression

from leaderdev.common.sealing import SealBrokenError, seal, unseal

# Marks a sealed text in a file that manage.py dumpdata writes, which must not hold words either.
IN_A_FILE = "sealed:"
# Equal words are sealed differently each time, so no other comparison can be answered.
LOOKUPS = {"isnull"}


class SealedTextField(models.TextField):
    """Like a TextField, never NULL and without lookups: whoever could search could guess.

    An empty text is stored empty; `filter(words="")` is therefore the one comparison that is let through.
    """

    description = "Text, sealed with a key outside the database"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, BaseExpression):
            return value
        return seal(str(value).replace("\x00", ""))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return value if value is None else unseal(value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(IN_A_FILE):
            try:
                return unseal(value.removeprefix(IN_A_FILE))
            except SealBrokenError:
                return value  # somebody's own words that happen to begin so
        return super().to_python(value)

    def value_to_string(self, obj: models.Model) -> str:
        text = str(self.value_from_object(obj))
        return f"{IN_A_FILE}{seal(text)}" if text else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return EmptyOnly
        if lookup_name not in LOOKUPS:
            raise FieldError(f"Sealed texts cannot be searched (asked for “{lookup_name}”).")
        return super().get_lookup(lookup_name)


class EmptyOnly(models.lookups.Exact):
    """Whether nothing is written there."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("Sealed texts cannot be compared with words.")
        return ""

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [""]
