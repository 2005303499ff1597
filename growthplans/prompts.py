"""Questions for a reflection. They stand above the box; whoever writes may ignore them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from growthplans.models import Reflection

Stage = Reflection.Stage


@dataclass(frozen=True)
class Prompt:
    stage: str
    title: str | Promise
    questions: str | Promise


PROMPTS: tuple[Prompt, ...] = (
    Prompt(
        Stage.BEGINNING,
        _("Beginning of the year"),
        _("What do I hope will be different in my school by June? What am I already good at that will help?"),
    ),
    Prompt(
        Stage.MIDDLE,
        _("Middle of the year"),
        _("What has moved, and how do I know? What surprised me? What will I do less of?"),
    ),
    Prompt(
        Stage.END,
        _("End of the year"),
        _("What came of it, for pupils, for staff and for me? What do I want to carry into next year?"),
    ),
    Prompt(
        Stage.FREE,
        _("In between"),
        _("What stayed with me this week?"),
    ),
)
BY_STAGE = {prompt.stage: prompt for prompt in PROMPTS}
