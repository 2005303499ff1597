"""Which statements go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leaderdev.common.charts.scree import scree_chart
from surveys.report import methods, words
from surveys.report.content import Block, Method, Picture, Section, Table, Words
from surveys.report.sections.cells import label_of

if TYPE_CHECKING:
    from surveys.analysis.factors import FactorAnalysis
    from surveys.analysis.study import Study


def factors(study: Study) -> Section:
    title = _("Which statements go together")
    found = study.factors
    if found is None:
        return Section("factors", title, (Words(study.factors_refusal, "caution"),))
    parallel = found.parallel
    text = _(
        "Factors above chance by parallel analysis: %(suggested)d; eigenvalues above 1: %(above)d. "
        "KMO is %(kmo)s (%(word)s); Bartlett χ² = %(chi)s, df %(df)d, p %(p)s; n = %(n)d."
    ) % {
        "suggested": parallel.suggested,
        "above": parallel.above_one,
        "kmo": f"{found.adequacy.kmo:.3f}",
        "word": found.adequacy.word,
        "chi": f"{found.adequacy.chi_square:.1f}",
        "df": found.adequacy.df,
        "p": words.probability(found.adequacy.p).rstrip("*"),
        "n": found.n,
    }
    chart = scree_chart(
        "scree",
        _("Eigenvalues of the answers before, beside those of random data."),
        (parallel.eigenvalues, parallel.random_high),
        (_("Factor"), _("These answers"), _("Random data, 95th percentile")),
    )
    blocks: list[Block] = [Words(text, "finding")]
    blocks += [Words(caution, "caution") for caution in found.cautions]
    return Section(
        "factors",
        title,
        (*blocks, Picture("scree", chart), _loadings(study, found), Method(methods.factors())),
    )


def _loadings(study: Study, found: FactorAnalysis) -> Table:
    heads = [_("Factor %(number)d") % {"number": place} for place in range(1, found.factors + 1)]
    return Table(
        "loadings",
        _("Pattern of loadings, sorted; those under 0.30 are left out."),
        ((_("Statement"), False), *((head, True) for head in heads), (_("communality"), True)),
        tuple(
            (
                label_of(study.items[line.place]),
                *("" if value is None else words.figure(value) for value in line.shown),
                words.figure(found.communalities[line.place]),
            )
            for line in found.display
        ),
        (
            _("%(share)s %% of the variance is common to the statements and these factors.")
            % {"share": f"{100 * found.variance_extracted:.1f}"},
        ),
    )
