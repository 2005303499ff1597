"""What can be said, before any figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.report import words
from surveys.report.content import Block, Section, Words

if TYPE_CHECKING:
    from surveys.analysis.study import Study


def too_few(study: Study) -> Section:
    text = _(
        "Fewer than %(smallest)d people can be paired. Figures about so few could show what one person "
        "answered, so "
        "none are shown."
    ) % {"smallest": study.smallest}
    return Section("who", _("Who took part"), (Words(text, "caution"),))


def findings(study: Study) -> Section:
    blocks: list[Block] = [Words(text, "finding") for text in words.about_items(study.items)]
    blocks += [Words(words.conventions(study), "caution"), Words(words.caution_on_cause(), "caution")]
    return Section("findings", _("What can be said"), tuple(blocks))
