"""Which statements go together, on everybody's answers before."""

from __future__ import annotations

import numpy as np

from surveys.analysis.arrays import Numbers
from surveys.analysis.factors import FactorAnalysis, factor_analysis
from surveys.analysis.protection import is_small, too_few
from surveys.analysis.study_data import StudyData, present


def factor_results(data: StudyData) -> tuple[FactorAnalysis | None, str, FactorAnalysis | None]:
    """On everybody's answers before: ours, and the components with varimax that the study's SPSS made."""
    everyone = np.vstack([present(data.pre), present(data.alone_pre)])
    if is_small(int((~np.isnan(everyone).any(axis=1)).sum()), data.smallest):
        return None, too_few(data.smallest), None
    try:
        ours = factor_analysis(everyone)
    except ValueError as refusal:
        return _components(everyone, str(refusal))
    return ours, "", _components(everyone, "")[2]


def _components(everyone: Numbers, refusal: str) -> tuple[None, str, FactorAnalysis | None]:
    try:
        first = factor_analysis(everyone, factors=1, extraction="principal components", rotation="none")
        kept = max(1, min(first.parallel.above_one, first.k - 1))
        return (
            None,
            refusal,
            factor_analysis(everyone, factors=kept, extraction="principal components", rotation="varimax"),
        )
    except ValueError:
        return None, refusal, None
