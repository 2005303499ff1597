"""A statement as one group of radio buttons, drawn in one go: seventeen of them stay cheap."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.models import PREFER_NOT
from surveys.pages import Question

_RADIO = (
    '<label class="likert-level{apart}"><input class="form-check-input" type="radio"'
    ' name="i{pk}" value="{value}"'
    "{checked}><span>{label}</span></label>"
)
_GROUP = (
    '<fieldset class="likert" id="i{pk}" data-likert{described}><legend>'
    '<span class="likert-number">{number}</span> '
    '{text}</legend>{help}<div class="likert-levels">{radios}</div></fieldset>'
)


def likert(question: Question, number: int, chosen: int | None) -> SafeString:
    """The group. `number` is its place on the page; `chosen` a level, PREFER_NOT, or None."""
    return _drawn(question, number, chosen, get_language())


# The questionnaires that are answered at a time, each statement with each of its answers.
@lru_cache(maxsize=1024)
def _drawn(question: Question, number: int, chosen: int | None, language: str | None) -> SafeString:
    pairs = [(level.value, level.label, "") for level in question.levels]
    pairs.append((PREFER_NOT, _("Prefer not to answer"), " is-apart"))
    radios = "".join(
        _RADIO.format(
            pk=question.pk,
            value=value,
            label=escape(label),
            apart=apart,
            checked=" checked" if value == chosen else "",
        )
        for value, label, apart in pairs
    )
    text = escape(question.text)
    if question.then:
        lead = _("Looking back: where were you at the start, knowing what you know now?")
        text = f'<span class="likert-then">{escape(lead)}</span> {text}'
    help_id = f"i{question.pk}-help"
    help_line = (
        f'<p class="form-text" id="{help_id}">{escape(question.help_text)}</p>' if question.help_text else ""
    )
    made = _GROUP.format(
        pk=question.pk,
        number=number,
        text=text,
        help=help_line,
        described=f' aria-describedby="{help_id}"' if question.help_text else "",
        radios=radios,
    )
    return mark_safe(made)  # noqa: S308  every text is escaped above
