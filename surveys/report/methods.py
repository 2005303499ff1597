"""“How is this computed”: formula, choices, reference, and the SPSS or R call that gives the same."""

from __future__ import annotations

from django.utils.translation import gettext as _


def signed_rank() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Pairs"),
            _("People who answered both times and agreed to research; nothing is filled in."),
        ),
        (
            _("−, +, ="),
            _("Pairs whose later answer is lower, higher, the same. Direction is always after − before."),
        ),
        (
            "z",
            _(
                "Wilcoxon signed-rank test: equal answers are dropped, equal changes share their middle "
                "rank, "
                "z = (R⁺ − m(m+1)/4) / √(m(m+1)(2m+1)/24 − Σ(t³−t)/48), m the changed pairs, t those with "
                "equal "
                "change; no continuity correction. Positive means higher after; SPSS prints −|z|. SPSS: NPAR "
                "TESTS "
                "/WILCOXON=pre WITH post (PAIRED). "
                'R: coin::wilcoxsign_test(post ~ pre, zero.method="Wilcoxon").'
            ),
        ),
        ("p", _("Two-sided, from the normal curve: 2Φ(−|z|). A star marks p under 0.05.")),
        (
            _("exact p"),
            _(
                "Two-sided, from all 2^m ways to give the changes their signs, ties kept. Prefer it when few "
                "answers "
                'changed. R: the call above with distribution="exact", or exactRankTests::wilcox.exact.'
            ),
        ),
        (
            _("Holm p"),
            _(
                'p corrected for testing all statements at once (Holm 1979). R: p.adjust(p, "holm"). '
                "Holm exact p "
                "is the same of the exact p."
            ),
        ),
        (
            _("rank-biserial"),
            _(
                "(R⁺ − R⁻) / (R⁺ + R⁻), from −1 (every change is a fall) to 1 (every change is a rise); 95 % "
                "interval "
                "from 2,000 resamples of people with a fixed seed (Kerby 2014; Efron & Tibshirani 1993)."
            ),
        ),
    )


def reliability() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("alpha"),
            _(
                "Cronbach’s alpha k/(k−1)·(1 − Σs²ᵢ/s²ₜ) of everybody who answered all statements of the "
                "scale in that "
                "wave; 95 % interval after Feldt (1965). SPSS: RELIABILITY /MODEL=ALPHA. R: psych::alpha."
            ),
        ),
        (
            _("two statements"),
            _(
                "With two statements the Spearman–Brown coefficient 2r/(1+r) is the better figure (Eisinga "
                "et al. 2013)."
            ),
        ),
        (
            _("omega"),
            _("McDonald’s omega total of one common factor, (Σλ)²/((Σλ)² + Σ(1−λ²)); principal axis."),
        ),
        (_("the line"), _("The study held 0.700 to be enough. It is a custom, not a law.")),
    )


def middles() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("person’s mean"),
            _(
                "Each person’s mean of the statements of a competency that she answered; the figure is the "
                "median of them."
            ),
        ),
        (
            _("quartiles"),
            _("Weighted average at (n+1)p. SPSS: FREQUENCIES /NTILES=4. R: quantile(x, type = 6)."),
        ),
        (
            _("typical shift"),
            _(
                "Hodges–Lehmann: the median of all means of two changes, in steps of the scale; no change "
                "counts as 0."
            ),
        ),
    )


def groups() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Mann–Whitney"),
            _(
                "Two separate groups ranked together; ties corrected, no continuity correction. A "
                "description, not a "
                "verdict. SPSS: NPAR TESTS /M-W. The share is the chance that a person of the first group is "
                "the "
                "higher one, a tie counting half."
            ),
        ),
    )


def factors() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("extraction"),
            _(
                "Principal axis, iterated until settled, on Pearson correlations of everybody’s complete "
                "answers before; "
                'oblimin (delta 0, Kaiser normalized). R: psych::fa(fm="pa"), '
                "GPArotation::oblimin(normalize=TRUE)."
            ),
        ),
        (
            _("number of factors"),
            _(
                "Parallel analysis (Horn 1965): eigenvalues above the 95th percentile of random data of the "
                "same size."
            ),
        ),
        (
            "KMO",
            _("Σr²/(Σr² + Σ partial r²); Kaiser’s words of 1974. Bartlett: χ² = −(n−1−(2k+5)/6) ln|R|."),
        ),
        (
            "SPSS",
            _(
                "FACTOR without further words takes principal components with varimax and keeps eigenvalues "
                "above 1; "
                "papers that say “EFA” often mean this. Its result stands in the JSON file."
            ),
        ),
    )
