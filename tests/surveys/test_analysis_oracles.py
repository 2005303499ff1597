"""Figures of R, psych, coin and PSPP, stored beside the call that made them (data/oracle.R,
data/oracle.sps)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from surveys.analysis.corrections import benjamini_hochberg, holm
from surveys.analysis.descriptives import Scale, descriptives
from surveys.analysis.extraction import principal_axis, principal_components
from surveys.analysis.factors import adequacy, factor_analysis, kmo_word, parallel_analysis
from surveys.analysis.polychoric import normal_corner, polychoric_matrix
from surveys.analysis.reliability import cronbach_alpha
from surveys.analysis.rotation import oblimin, promax, varimax
from surveys.analysis.shifts import hodges_lehmann, mann_whitney, mcnemar
from surveys.analysis.wilcoxon import signed_rank

DATA = Path(__file__).parent / "data"
ITEMS = np.loadtxt(DATA / "oracle_items.csv", delimiter=",", skiprows=1)
PAIRED = np.loadtxt(DATA / "oracle_paired.csv", delimiter=",", skiprows=1)
CORRELATION = np.corrcoef(ITEMS, rowvar=False)

# coin::wilcoxsign_test(b ~ a, zero.method = "Wilcoxon"): Z, asymptotic p, exact p; then the median of Walsh
# averages.
COIN = [
    (9, 15, 16, 85.5, 214.5, 1.9451903114825, 0.0517520774790523, 0.0484731197357178, 0.5),
    (6, 18, 16, 60.0, 240.0, 2.73861278752583, 0.00616989932054413, 0.0059361457824707, 0.5),
    (6, 13, 21, 51.0, 139.0, 1.90764193295306, 0.0564375114865741, 0.0649833679199219, 0.0),
    (6, 20, 14, 48.0, 303.0, 3.3451434217582, 0.000822400316112137, 0.000486969947814941, 0.5),
]


@pytest.mark.parametrize("place", range(4))
def test_signed_rank_equals_coin(place: int) -> None:
    pre, post = PAIRED[:, place], PAIRED[:, 4 + place]
    ours = signed_rank(pre, post, resamples=0)
    assert (
        ours.negative,
        ours.positive,
        ours.tied,
        ours.sum_ranks_negative,
        ours.sum_ranks_positive,
        ours.z,
        ours.p_asymptotic,
        ours.p_exact,
        hodges_lehmann(pre, post).estimate,
    ) == pytest.approx(COIN[place], abs=1e-10)


def test_signed_rank_prints_as_pspp() -> None:
    """PSPP 1.6.2, NPAR TESTS /WILCOXON=post0 WITH pre0 (PAIRED)."""
    ours = signed_rank(PAIRED[:, 0], PAIRED[:, 4])
    assert f"{ours.mean_rank_negative:.2f} {ours.mean_rank_positive:.2f}" == "9.50 14.30"
    assert f"{ours.z_spss:.2f} {ours.p_asymptotic:.3f}" == "-1.95 0.052"


def test_reliability_equals_psych() -> None:
    """psych::alpha(x)"""
    ours = cronbach_alpha(ITEMS)
    assert (ours.n, ours.n_dropped, ours.k, ours.reaches_line) == (60, 0, 6, True)
    assert ours.alpha == pytest.approx(0.757955765514279, abs=1e-12)
    assert ours.standardized_alpha == pytest.approx(0.759970486181479, abs=1e-12)
    assert (ours.interval.low, ours.interval.high) == pytest.approx(
        (0.648993134372409, 0.841760149899069), abs=1e-10
    )
    assert [item.item_total_correlation for item in ours.items] == pytest.approx(
        [
            0.569873054137792,
            0.440033538993911,
            0.341550887063373,
            0.548562991733143,
            0.529333431738411,
            0.582853575548107,
        ],
        abs=1e-12,
    )
    assert [item.alpha_if_deleted for item in ours.items] == pytest.approx(
        [
            0.702751544829194,
            0.737800565770863,
            0.763396509408236,
            0.708822483102099,
            0.714406683978774,
            0.704751007954669,
        ],
        abs=1e-12,
    )
    # fa(cor(x), 1, fm="pa"), then (Σλ)² / ((Σλ)² + Σ(1 − λ²))
    assert ours.omega == pytest.approx(0.764875986024651, abs=1e-7)
    # PSPP RELIABILITY /SUMMARY=TOTAL
    first = ours.items[0]
    assert f"{first.scale_mean_if_deleted:.2f} {first.scale_variance_if_deleted:.2f}" == "11.55 7.27"
    assert (first.mean, first.sd) == pytest.approx((2.31666666666667, 0.83344632002402))


def test_two_statements_have_spearman_brown_and_no_alpha_if_deleted() -> None:
    ours = cronbach_alpha(ITEMS[:, :2])
    r = CORRELATION[0, 1]
    assert ours.spearman_brown == pytest.approx(2 * r / (1 + r))
    assert ours.spearman_brown == pytest.approx(ours.standardized_alpha)
    assert [item.alpha_if_deleted for item in ours.items] == [None, None]
    assert (ours.omega, ours.omega_refusal) == (None, "Omega needs three statements or more.")


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ([[1], [2], [3]], "One statement alone"),
        ([[1, 2], [2, 1]], "Only 2 people"),
        ([[1, 2], [2, 2], [3, 2]], "statement 2 alike"),
    ],
)
def test_reliability_refuses(items: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        cronbach_alpha(items)


def test_reliability_drops_incomplete_rows() -> None:
    gaps = ITEMS.copy()
    gaps[3, 2] = np.nan
    ours = cronbach_alpha(gaps)
    assert (ours.n, ours.n_dropped) == (59, 1)
    assert ours.alpha == cronbach_alpha(np.delete(ITEMS, 3, axis=0)).alpha


def test_omega_says_why_it_is_missing() -> None:
    """Two statements that repeat each other are all common and leave the third nothing: a Heywood case."""
    generator = np.random.default_rng(1)
    first = generator.integers(1, 5, 40)
    table = np.column_stack([first, first + (np.arange(40) == 3), generator.integers(1, 5, 40)])
    ours = cronbach_alpha(table)
    assert ours.omega is None
    assert "Heywood" in ours.omega_refusal


def test_adequacy_equals_psych() -> None:
    """psych::KMO, psych::cortest.bartlett"""
    ours = adequacy(CORRELATION, 60)
    assert ours.kmo == pytest.approx(0.713575277143888, abs=1e-12)
    assert ours.kmo_items == pytest.approx(
        (
            0.671098133124446,
            0.790750470395691,
            0.576001965419324,
            0.736300703678599,
            0.690580243880770,
            0.809452136116862,
        ),
        abs=1e-12,
    )
    assert (ours.word, ours.df) == ("middling", 15)
    assert ours.chi_square == pytest.approx(95.2372957968592, abs=1e-10)
    assert ours.p == pytest.approx(1.03528490409254e-13, rel=1e-8)
    assert [kmo_word(k) for k in (0.95, 0.85, 0.65, 0.55, 0.2)] == [
        "marvelous",
        "meritorious",
        "mediocre",
        "miserable",
        "unacceptable",
    ]


def test_principal_axis_equals_psych() -> None:
    """psych::fa(cor(x), 2, fm="pa", rotate="none", min.err=1e-12, max.iter=20000)"""
    ours = principal_axis(CORRELATION, 2)
    assert ours.communalities == pytest.approx(
        [0.785853297842, 0.248276726484, 0.373973793598, 0.573447021852, 0.593161545779, 0.493380860927],
        abs=1e-6,
    )
    assert ours.loadings[0] == pytest.approx([0.718615045638332, 0.5190816063245661], abs=1e-6)


def test_rotations_equal_r() -> None:
    """GPArotation::oblimin(L, normalize=TRUE), stats::varimax(L, eps=1e-14), stats::promax(varimax, m=4)"""
    extracted = principal_axis(CORRELATION, 2).loadings
    ours = oblimin(extracted)
    assert ours.loadings == pytest.approx(
        np.array(
            [
                [0.0866467625402471, 0.8453554251216631],
                [0.2830953666571339, 0.3049949246086226],
                [-0.0752817040996836, 0.6405101254671556],
                [0.7714083870450353, -0.0339395191091802],
                [0.7974364741362160, -0.0683498269300580],
                [0.6560625488724261, 0.0946301065458158],
            ]
        ),
        abs=1e-6,
    )
    assert ours.correlations[0, 1] == pytest.approx(0.434963693001915, abs=1e-6)
    assert varimax(extracted).loadings == pytest.approx(
        np.array(
            [
                [0.2648532297486538, 0.845994127954787],
                [0.3404847673563294, 0.363795065500434],
                [0.0636065280143793, 0.608217069138813],
                [0.7430055816795379, 0.146252273297052],
                [0.7609693228492630, 0.118689660295243],
                [0.6582873096432503, 0.245027914511201],
            ]
        ),
        abs=1e-6,
    )
    turned = promax(extracted)
    assert turned.loadings == pytest.approx(
        np.array(
            [
                [0.0092792155828828, 0.8817861762072062],
                [0.2547733105141305, 0.3189504029591362],
                [-0.1336729425899944, 0.6676588030928701],
                [0.7732570051896633, -0.0329046781997488],
                [0.8023863844156222, -0.0687026483947557],
                [0.6463529601232231, 0.1007914455312509],
            ]
        ),
        abs=1e-6,
    )
    assert turned.correlations[0, 1] == pytest.approx(0.502325110149934, abs=1e-6)


def test_components_with_varimax_print_as_spss_does() -> None:
    """PSPP FACTOR /EXTRACTION=PC /ROTATION=VARIMAX; R principal(rotate="none") and varimax."""
    assert principal_components(CORRELATION, 2).loadings[2] == pytest.approx(
        [0.485383155402948, 0.723560093180687], abs=1e-10
    )
    ours = factor_analysis(ITEMS, factors=2, extraction="principal components", rotation="varimax")
    assert ours.loadings[4] == pytest.approx((0.8482142474820463, 0.073033384301274), abs=1e-6)
    assert [f"{value:.2f}" for value in ours.communalities] == [
        "0.74",
        "0.41",
        "0.76",
        "0.69",
        "0.72",
        "0.64",
    ]
    assert [f"{value:.2f}" for value in ours.sums_of_squares] == ["2.21", "1.75"]
    assert f"{100 * ours.variance_extracted:.1f}" == "66.1"
    assert ours.parallel.eigenvalues == pytest.approx(
        (
            2.763802251661807,
            1.199647020493155,
            0.768126633319126,
            0.485423833595479,
            0.461171194783631,
            0.321829066146802,
        ),
        abs=1e-12,
    )


def test_polychoric_equals_psych_to_three_digits() -> None:
    """psych::polychoric(x, correct=0)$rho"""
    ours = polychoric_matrix(ITEMS)
    theirs = [0.46763, 0.63890, 0.34817, 0.39580, 0.41176, 0.27583, 0.33434, 0.28781, 0.48245]
    assert [*ours[0, 1:], *ours[1, 2:]] == pytest.approx(theirs, abs=1e-3)
    assert [ours[3, 4], ours[4, 5]] == pytest.approx([0.69346, 0.60574], abs=1e-3)
    with pytest.raises(ValueError, match="no polychoric correlation"):
        polychoric_matrix(np.ones((5, 2)))


def test_corner_of_the_normal_surface() -> None:
    """At 0, 0 it is ¼ + asin(ρ) / 2π; without correlation it is a product."""
    from scipy.special import ndtr

    rho = np.array([-0.9, 0.0, 0.6])
    found = np.array([float(normal_corner(np.zeros(1), np.zeros(1), float(r))[0]) for r in rho])
    assert found == pytest.approx(0.25 + np.arcsin(rho) / (2 * np.pi), abs=1e-9)
    assert float(normal_corner(np.array(0.7), np.array(-1.2), 0.0)) == pytest.approx(ndtr(0.7) * ndtr(-1.2))


def test_a_whole_analysis() -> None:
    ours = factor_analysis(ITEMS)
    assert (ours.n, ours.k, ours.factors, ours.rotation) == (60, 6, ours.parallel.suggested, "oblimin")
    assert ours == factor_analysis(ITEMS)
    two = factor_analysis(ITEMS, factors=2)
    assert [line.place for line in two.display] == [4, 3, 5, 0, 2, 1]
    assert two.display[0].shown == pytest.approx((0.797436, None), abs=1e-5)
    assert two.cautions == ()
    assert factor_analysis(ITEMS, factors=2, rotation="none").factor_correlations == ((1.0, 0.0), (0.0, 1.0))
    hidden = factor_analysis(ITEMS, factors=2, correlation="polychoric", rotation="promax")
    assert "Polychoric" in hidden.cautions[0]


def test_random_data_suggest_no_factor_but_one_is_shown() -> None:
    table = np.random.default_rng(0).normal(size=(80, 5))
    assert parallel_analysis(np.corrcoef(table, rowvar=False), 80).suggested == 0
    assert factor_analysis(table, extraction="principal components").factors == 1


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (ITEMS[:, :2], "three statements or more"),
        (ITEMS[:11], "too few"),
        (np.column_stack([ITEMS, np.ones(60)]), "statement 7 alike"),
        (np.column_stack([ITEMS, ITEMS[:, 0] + ITEMS[:, 1]]), "singular"),
    ],
)
def test_factor_analysis_refuses(items: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        factor_analysis(items)


def test_factor_analysis_refuses_a_number_of_factors() -> None:
    with pytest.raises(ValueError, match="1 to 5 factors, not 6"):
        factor_analysis(ITEMS, factors=6)


def test_principal_axis_refuses_what_has_no_sense(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = np.array([[1, 0.9, 0.1], [0.9, 1, 0.6], [0.1, 0.6, 1]])
    with pytest.raises(ValueError, match="Heywood"):
        principal_axis(twins, 2)
    monkeypatch.setattr("surveys.analysis.extraction.ITERATIONS", 2)
    with pytest.raises(ValueError, match="did not settle"):
        principal_axis(CORRELATION, 2)


def test_few_people_get_a_caution() -> None:
    assert "fewer than 5 a statement" in factor_analysis(ITEMS[:20], factors=1).cautions[0]


def test_corrections_equal_r() -> None:
    """p.adjust(c(.01,.04,.03,.005,.5), "holm") and "BH" """
    p = [0.01, 0.04, 0.03, 0.005, 0.5]
    assert holm(p) == pytest.approx([0.04, 0.09, 0.09, 0.025, 0.5])
    assert benjamini_hochberg(p) == pytest.approx([0.025, 0.05, 0.05, 0.025, 0.5])
    assert holm([0.9, 0.8]).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("p", [[], [1.1], [-0.1], [None]])
def test_corrections_refuse(p: list[float]) -> None:
    with pytest.raises(ValueError, match=r"correct|between 0 and 1"):
        holm(p)


def test_descriptives_equal_r() -> None:
    """quantile(x$a, c(.25, .75), type = 6), sd(x$a)"""
    scale = Scale(((1, "low"), (2, "some"), (3, "much"), (4, "all")), {8: "prefer not to answer"})
    ours = descriptives([*ITEMS[:, 0], 8, None, float("nan")], scale)
    assert (ours.n, ours.n_missing, ours.missing) == (
        60,
        3,
        (("prefer not to answer", 1), ("no answer", 2)),
    )
    assert (ours.quartiles, ours.median) == ((2.0, 3.0), 2.0)
    assert ours.sd == pytest.approx(0.83344632002402)
    assert sum(level.count for level in ours.levels) == 60
    assert sum(level.percent for level in ours.levels) == pytest.approx(100)
    empty = descriptives([], scale)
    assert (empty.n, empty.median, empty.mean, empty.sd, empty.quartiles) == (0, None, None, None, None)
    assert scale.steps == 3
    with pytest.raises(ValueError, match="5 is neither"):
        descriptives([5], scale)


def test_mcnemar_and_mann_whitney_equal_r() -> None:
    """mcnemar.test(correct=FALSE): 11, 0.000911118877153712; coin::wilcox_test: −0.27040248,
    0.78685063204121"""
    ours = mcnemar(PAIRED[:, 0] > 2, PAIRED[:, 4] > 2)
    assert (ours.z**2, ours.p_asymptotic) == pytest.approx((11, 0.000911118877153712), abs=1e-12)
    groups = mann_whitney(PAIRED[:, 0], PAIRED[:, 1])
    assert (groups.u, groups.z, groups.p_asymptotic) == pytest.approx(
        (773, -0.27040248044036, 0.78685063204121), abs=1e-10
    )
