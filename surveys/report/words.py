"""Figures as people read them, and sentences a trustee understands: careful, from the numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from surveys.analysis.competency_results import CompetencyResult
    from surveys.analysis.descriptives import Descriptives
    from surveys.analysis.focus_results import FocusResult
    from surveys.analysis.item_results import ItemResult
    from surveys.analysis.study import Study
    from surveys.analysis.wilcoxon import TableRow

DASH = "–"


def figure(value: float | None, places: int = 2) -> str:
    return DASH if value is None or value != value else f"{value:.{places}f}".replace("-", "−")


def probability(value: float | None) -> str:
    """Three decimals as SPSS prints them; a star under .05, as the study has it."""
    if value is None:
        return DASH
    text = "< 0.001" if value < 0.0005 else f"{value:.3f}"
    return f"{text}*" if value < 0.05 else text


def middle(value: float | None) -> str:
    """Medians are whole or half steps; means of a person lie between."""
    return DASH if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def interval(low: float | None, high: float | None) -> str:
    return (
        DASH
        if low is None or high is None
        else _("%(low)s to %(high)s")
        % {
            "low": figure(low),
            "high": figure(high),
        }
    )


def hidden() -> str:
    """In place of a figure about too few people."""
    return _("not shown")


def counted(part: Descriptives) -> str:
    return hidden() if part.hidden else str(part.n)


def listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def verdict(result: ItemResult | CompetencyResult) -> str:
    """Two or three words for a table."""
    return {
        "higher": _("growth"),
        "lower": _("lower"),
        "leans higher": _("growth, depending on the convention"),
        "leans lower": _("lower, depending on the convention"),
        "same": _("no change seen"),
        "cannot tell": _("cannot tell"),
        "no pairs": _("no pairs"),
        "not shown": hidden(),
    }[str(result.verdict.outcome)]


def about_items(results: Sequence[ItemResult]) -> list[str]:
    """What may be said of all statements together, most important first."""
    groups: dict[str, list[str]] = {}
    for result in results:
        groups.setdefault(str(result.verdict.outcome), []).append(result.item.code)
    sentences = {
        "higher": ngettext(
            "On statement %(items)s people placed themselves higher after than before, whichever convention "
            "is used.",
            "On statements %(items)s people placed themselves higher after than before, whichever convention "
            "is used.",
            len(groups.get("higher", [])),
        ),
        "leans higher": ngettext(
            "On statement %(items)s the answers point to growth, but whether it passes the usual line "
            "depends on "
            "the convention.",
            "On statements %(items)s the answers point to growth, but whether it passes the usual line "
            "depends on "
            "the convention.",
            len(groups.get("leans higher", [])),
        ),
        "lower": ngettext(
            "On statement %(items)s people placed themselves lower after than before, whichever convention "
            "is used.",
            "On statements %(items)s people placed themselves lower after than before, whichever convention "
            "is used.",
            len(groups.get("lower", [])),
        ),
        "leans lower": ngettext(
            "On statement %(items)s the answers point downward, but whether it passes the usual line depends "
            "on the "
            "convention.",
            "On statements %(items)s the answers point downward, but whether it passes the usual line "
            "depends on the "
            "convention.",
            len(groups.get("leans lower", [])),
        ),
        "same": ngettext(
            "On statement %(items)s at least three quarters gave the same answer twice: no change is seen.",
            "On statements %(items)s at least three quarters gave the same answer twice: no change is seen.",
            len(groups.get("same", [])),
        ),
        "cannot tell": ngettext(
            "On statement %(items)s answers moved both ways; from so few people one cannot tell growth from "
            "chance.",
            "On statements %(items)s answers moved both ways; from so few people one cannot tell growth from "
            "chance.",
            len(groups.get("cannot tell", [])),
        ),
        "no pairs": ngettext(
            "Statement %(items)s has no pair of answers.",
            "Statements %(items)s have no pair of answers.",
            len(groups.get("no pairs", [])),
        ),
        "not shown": ngettext(
            "Too few people answered statement %(items)s both times; it is not shown.",
            "Too few people answered statements %(items)s both times; they are not shown.",
            len(groups.get("not shown", [])),
        ),
    }
    return [text % {"items": listed(groups[name])} for name, text in sentences.items() if name in groups]


def conventions(study: Study) -> str:
    """How many tests pass the line under each of the four conventions."""
    rows = [row for row in study.table.rows if row.test is not None]
    counts = {
        "alone": sum(row.test is not None and row.test.p_asymptotic < 0.05 for row in rows),
        "exact": sum(
            row.test is not None and row.test.p_exact is not None and row.test.p_exact < 0.05 for row in rows
        ),
        "holm": sum(row.p_holm is not None and row.p_holm < 0.05 for row in rows),
        "both": sum(row.p_holm_exact is not None and row.p_holm_exact < 0.05 for row in rows),
        "tests": len(rows),
    }
    return (
        _(
            "Of %(tests)d tests, %(alone)d have p under 0.05 by the convention of SPSS (asymptotic, each "
            "test taken alone), "
            "%(exact)d by the exact distribution, %(holm)d after Holm’s correction for %(tests)d tests, and "
            "%(both)d "
            "with both."
        )
        % counts
    )


def caution_on_cause() -> str:
    return _(
        "People answered about themselves, and no group without the program was asked. The figures show how "
        "answers "
        "moved, not what moved them: practice, a new posting, or a new idea of what “achieving” means can "
        "move them too."
    )


def about_competency(result: CompetencyResult) -> str:
    texts = {
        "higher": _("%(name)s: people’s own means rose, under every convention."),
        "leans higher": _(
            "%(name)s: people’s own means point upward; the verdict depends on the convention."
        ),
        "lower": _("%(name)s: people’s own means fell, under every convention."),
        "leans lower": _(
            "%(name)s: people’s own means point downward; the verdict depends on the convention."
        ),
        "same": _("%(name)s: most people’s means are the same; no change is seen."),
        "cannot tell": _("%(name)s: one cannot tell growth from chance."),
        "no pairs": _("%(name)s: nobody answered it both times."),
        "not shown": _("%(name)s: too few people answered it both times; it is not shown."),
    }
    return texts[str(result.verdict.outcome)] % {"name": result.competency}


def about_switching(share: float, limit: float) -> str:
    words = {"share": f"{100 * share:.0f}", "limit": f"{100 * limit:.0f}"}
    if share > limit:
        return (
            _(
                "%(share)s %% of the people changed their focus competency between the two waves, more than "
                "%(limit)s %%. "
                "Before and after of everybody together mixes people who stayed with people who turned to "
                "something new; "
                "read the two groups apart."
            )
            % words
        )
    return _("%(share)s %% of the people changed their focus competency between the two waves.") % words


def about_focus(result: FocusResult) -> str:
    own, others, apart = result.own.test, result.others.test, result.difference.test
    if own is None or others is None or apart is None:
        return _("Own focus and other competencies cannot be compared: too few answers changed.")
    p = apart.p_exact if apart.p_exact is not None else apart.p_asymptotic
    if p < 0.05 and apart.z > 0:
        return _(
            "Answers rose more in people’s own focus competency than in the others (exact p = %(p)s)."
        ) % {"p": probability(p).rstrip("*")}
    if p < 0.05:
        return _(
            "Answers rose less in people’s own focus competency than in the others (exact p = %(p)s)."
        ) % {"p": probability(p).rstrip("*")}
    return _(
        "Whether answers moved more in people’s own focus competency than in the others cannot be told from "
        "these "
        "answers (exact p = %(p)s)."
    ) % {"p": probability(p)}


def based_on(row: TableRow) -> str:
    """SPSS's footnote to a z."""
    if row.test is None:
        return ""
    return {
        "negative": _("based on negative ranks"),
        "positive": _("based on positive ranks"),
        "equal": _("sums of ranks are equal"),
    }[row.test.based_on]
