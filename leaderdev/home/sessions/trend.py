"""The year's sessions in a row: who came, how useful it was, how the time was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts import hours
from cohorts.models import AgendaItem, LearningSession, LookBack, Membership, ProgramYear
from cohorts.models.look_back import MOVES
from leaderdev.common.charts import Bar, Chart, bar_chart
from leaderdev.home.sessions.exit_feedback import Figure, figures_of
from surveys.models import Wave


@dataclass(frozen=True)
class Row:
    """One held session. `useful` and `engaged` are shares in per cent, None where they are hidden."""

    session: LearningSession
    able: int
    came: int
    late: int
    early: int
    operations: int
    challenge: int | None
    useful: int | None
    engaged: int | None

    @property
    def came_percent(self) -> int:
        return round(100 * self.came / self.able) if self.able else 0


def trend_of(year: ProgramYear) -> list[Row]:
    """Held sessions in their order; the same number of queries for six and for sixty."""
    sessions = list(
        year.learning_sessions.filter(ends_at__lte=timezone.now())
        .select_related("program_year__cohort__district")
        .order_by("starts_at")
    )
    attended = hours.of_year(year)
    by_session: dict[int, list[Any]] = {}
    for presences in attended.values():
        for key, presence in presences.items():
            by_session.setdefault(key, []).append(presence)
    items: dict[int, list[AgendaItem]] = {}
    for item in AgendaItem.objects.kept().filter(session__program_year=year):
        items.setdefault(item.session_id or 0, []).append(item)
    members = list(Membership.objects.in_year(year).participants())
    waves = list(
        Wave.objects.filter(learning_session__in=sessions).select_related(
            "survey__instrument", "program_year"
        )
    )
    shown = figures_of(waves)
    figures = {wave.learning_session_id: shown.get(wave.pk, ()) for wave in waves}
    return [
        _row(each, by_session.get(each.pk, []), items.get(each.pk, []), members, figures.get(each.pk, ()))
        for each in sessions
    ]


def _row(
    session: LearningSession,
    presences: list[Any],
    items: list[AgendaItem],
    members: list[Membership],
    figures: tuple[Figure, ...],
) -> Row:
    day = session.starts_at.date()
    able = [m for m in members if m.joined_on <= day and (m.left_on is None or m.left_on > day)]
    shares: list[int | None] = [each.high_percent if each.counts else None for each in figures[:2]]
    shares += [None] * (2 - len(shares))
    return Row(
        session=session,
        able=len(able),
        came=len(presences),
        late=sum(each.late > 0 for each in presences),
        early=sum(each.early > 0 for each in presences),
        operations=sum(item.minutes for item in items if item.kind == AgendaItem.Kind.OPERATIONS),
        challenge=max((item.challenge for item in items if item.challenge), default=None),
        useful=shares[0],
        engaged=shares[1],
    )


def chart_of(rows: list[Row]) -> Chart | None:
    """Usefulness session by session, in per cent of those who answered; None while nothing may be shown."""
    bars = [
        Bar(f"{row.session.number}. {row.session.title}", row.useful)
        for row in rows
        if row.useful is not None
    ]
    if not bars:
        return None
    caption = _(
        "Useful for my practice: answered “clearly” or “very much”, in per cent of those who answered"
    )
    return bar_chart("useful", caption, bars, (_("Session"), _("Per cent")), total=100)


def own_moves(user: Any, year: ProgramYear) -> list[dict[str, Any]]:
    """One's own look-backs over the year: each move with its degrees, session by session."""
    rows = list(
        LookBack.objects.filter(by=user, session__program_year=year)
        .select_related("session")
        .order_by("session__starts_at")
    )
    if not rows:
        return []
    return [
        {"words": words, "degrees": [getattr(row, f"get_{name}_display")() or "–" for row in rows]}
        for name, words in MOVES.items()
    ]
