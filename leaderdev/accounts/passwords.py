"""What a password must not be made of: the words that everybody around here would guess first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# How much must be left of a password once the guessable words are taken out of it, in characters.
OWN_PART = 8
# What the product, the work and the people in it are called.
WORDS = (
    "leaderdev",
    "leadership",
    "leader",
    "principal",
    "superintendent",
    "assistant",
    "director",
    "district",
    "division",
    "school",
    "teacher",
    "education",
    "growth",
    "program",
    "coaching",
    "trio",
    "password",
    "welcome",
)


def own_part(password: str, words: Iterable[str]) -> tuple[str, list[str]]:
    """What is left of `password` without `words` (longest first, any letter case), and the words found."""
    left, found = password.casefold(), []
    for word in sorted({word.casefold() for word in words}, key=len, reverse=True):
        if word and word in left:
            left = left.replace(word, "")
            found.append(word)
    return left, found


class ContextWordsValidator:
    """Refuses “Principal2026!” and its kind, and says which word is the trouble.

    A long phrase may well contain “school”; it is refused only when little of its own is left beside it.
    """

    def __init__(self, words: Iterable[str] = WORDS, own_characters: int = OWN_PART) -> None:
        self.words = list(words)
        self.own_characters = own_characters

    def validate(self, password: str, user=None) -> None:
        left, found = own_part(password, [*self.words, *_words_of(user)])
        if found and len(left) < self.own_characters:
            raise ValidationError(
                _("Take out “%(word)s”: it is one of the first things that somebody would try here."),
                code="password_context_word",
                params={"word": found[0]},
            )

    def get_help_text(self) -> str:
        return _("Do not build it around your name, your school or words such as “principal” or “district”.")


def _words_of(user) -> list[str]:
    if user is None:
        return []
    text = f"{getattr(user, 'name', '')} {getattr(user, 'preferred_name', '')} {getattr(user, 'email', '')}"
    return [word for word in re.split(r"[\W_]+", text) if len(word) > 3]
