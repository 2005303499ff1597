"""What a check-in page says besides its form: the agenda, what was said last time, what moved since."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from growthplans.history import Difference
from growthplans.models import ActionStep, CheckIn, GrowthPlan
from growthplans.services.timeline import moved_since
from growthplans.wording import part_word

# Reflections may be private, and a list of evidence is on the plan itself.
_TOLD = ("plan", "goal", "step")
NAME_LENGTH = 70


@dataclass(frozen=True)
class Moved:
    title: str
    sentence: str


def agenda(kind: str) -> list[str]:
    """What both sides find when they open the page: the same for everybody."""
    since = _("Last time you set out to do these steps. Which of them moved, and which did not?")
    first = {
        CheckIn.Kind.BEGINNING: _(
            "What drew you to this focus, and what do you hope will be different in June?"
        ),
        CheckIn.Kind.END: _("What came of the year, and what shows it?"),
    }
    last = {
        CheckIn.Kind.BEGINNING: _("Which step comes first, and who helps with it?"),
        CheckIn.Kind.EARLY: _("Which step comes next, and is it still small enough?"),
        CheckIn.Kind.MIDDLE: _("What do you leave out, and what comes next?"),
        CheckIn.Kind.LATE: _("What can still be finished this year, and what would show it?"),
        CheckIn.Kind.END: _(
            "What does it mean for next year? Settle together: completed or not. It is no grade."
        ),
    }
    known = CheckIn.Kind(kind)
    return [
        first.get(known, since),
        _("Go through the steps one by one: where does each stand, what helped, what got in the way?"),
        _("What would help now, and who can give it?"),
        last[known],
    ]


def last_held(plan: GrowthPlan, but: CheckIn) -> CheckIn | None:
    """The latest check-in held before this one."""
    held = plan.check_ins.filter(state=CheckIn.State.HELD).exclude(pk=but.pk)
    if but.held_on is not None:
        held = held.filter(held_on__lte=but.held_on)
    return held.order_by("-held_on", "-revision_number").first()


def moved(plan: GrowthPlan, since: CheckIn | None) -> list[Moved]:
    """Which parts of the plan changed since a check-in, in words that every reader of the plan may see."""
    if since is None:
        return []
    found = [each for each in moved_since(plan, since.revision_number) if each.part in _TOLD]
    names = _names(found)
    return [Moved(_title(each, names), _sentence(each)) for each in found]


def _names(found: list[Difference]) -> dict[int, str]:
    """What the steps say that were changed otherwise, by their numbers; one query for all."""
    asked = [each.part_id for each in found if each.part == "step" and "what" not in each.fields]
    return dict(ActionStep.objects.filter(pk__in=asked).order_by().values_list("pk", "what")) if asked else {}


def _title(one: Difference, names: dict[int, str]) -> str:
    name = {"goal": "statement", "step": "what"}.get(one.part, "")
    if name in one.fields:
        said = one.fields[name][1] if one.kind != "removed" else ""
    else:
        said = names.get(one.part_id, "") if one.part == "step" else ""
    text = " ".join(str(said or "").split())
    text = text.rstrip(".") if len(text) <= NAME_LENGTH else f"{text[:NAME_LENGTH].rstrip()}…"
    return (
        _("%(part)s “%(text)s”") % {"part": part_word(one.part), "text": text}
        if text
        else part_word(one.part)
    )


def _sentence(one: Difference) -> str:
    if one.kind == "added":
        return _("new since then")
    if one.kind == "removed":
        return _("taken out since then")
    if "status" in one.fields:
        words = dict(ActionStep.Status.choices)
        before, after = one.fields["status"]
        return _("was %(before)s, is now %(after)s") % {
            "before": words.get(before, ""),
            "after": words.get(after, ""),
        }
    return _("reworded or rearranged")
