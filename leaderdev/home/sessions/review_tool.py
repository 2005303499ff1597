"""The review tool of a dialogue kit: its statements as a questionnaire that two groups answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import DialogueKit
from leaderdev.common.refusals import RefusedError
from surveys.interchange.outline import ItemOutline, Outline, SectionOutline
from surveys.models import Instrument, ViewPair
from surveys.permissions import may_see_pair
from surveys.services.instruments import build


def questionnaire_of(*, by: Any, kit: DialogueKit) -> Instrument:
    """A questionnaire of the kit's statements, numbered as they stand in it. Raises RefusedError."""
    statements = kit.lines("statements")
    if not statements:
        raise RefusedError(_("This kit has no statements for a review tool. Add some first."))
    scale = _("How often")
    levels = (_("Hardly ever"), _("Now and then"), _("Often"), _("Nearly always"))
    items = tuple(
        ItemOutline(code=str(number), text=text, scale=scale)
        for number, text in enumerate(statements, start=1)
    )
    outline = Outline(
        title=kit.title,
        slug=f"kit-{kit.pk}",
        sections=(SectionOutline(title=kit.theme[:160], items=items),),
        scales={scale: levels},
        kind=Instrument.Kind.REVIEW,
        language=kit.district.language,
        purpose=_("The same statements are answered by %(first)s and by %(second)s.")
        % {"first": kit.first_view, "second": kit.second_view},
        thanks=_("Thank you. Both views are set side by side when both groups have answered."),
    )
    return build(by=by, district=kit.district, outline=outline)


def pairs_of(user: Any, kit: DialogueKit) -> list[ViewPair]:
    """The pairs of views that belong to a kit, as far as the person may read them."""
    rows = ViewPair.objects.visible_to(user).with_both_sides().filter(kit=kit).order_by("title", "pk")
    # Whoever may know of the cohort may be one who looks after accounts and reads no findings.
    return [pair for pair in rows if may_see_pair(user, pair)]
