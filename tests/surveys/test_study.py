"""The whole study from arrays: verdicts, groups, identities that name a cell, and bundles."""

from __future__ import annotations

import copy
import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from surveys.analysis.bundle import in_order, read_data, rerun_bundle, write_bundle
from surveys.analysis.checks import problems
from surveys.analysis.reliability import cronbach_alpha
from surveys.analysis.study import study
from surveys.analysis.study_data import without
from surveys.analysis.study_json import study_json
from surveys.analysis.verdicts import Outcome, verdict_of
from surveys.analysis.wilcoxon import signed_rank_table
from tests.surveys.studies import COMPETENCIES, make_study


@pytest.fixture(scope="module")
def data():
    return make_study()


@pytest.fixture(scope="module")
def result(data):
    return study(data)


@pytest.fixture
def figures(data, result):
    return copy.deepcopy(study_json(result, [item.code for item in data.items]))


def verdict(changes: list[int], tests: int = 1) -> Outcome:
    """The verdict on these changes, beside tests − 1 others that nobody would notice."""
    pre = np.zeros((len(changes), tests))
    post = np.tile(np.resize([1, -1], len(changes))[:, None], tests).astype(float)
    post[:, 0] = changes
    return verdict_of(signed_rank_table(pre, post, [str(i) for i in range(tests)]).rows[0]).outcome


def test_verdicts() -> None:
    assert verdict([1] * 20) == Outcome.HIGHER
    assert verdict([-1] * 20) == Outcome.LOWER
    assert verdict([1] * 11 + [-1] * 3 + [0] * 21) == Outcome.LEANS_HIGHER
    assert verdict([-1] * 11 + [1] * 3 + [0] * 21) == Outcome.LEANS_LOWER
    assert verdict([1] * 8 + [0] * 10, tests=14) == Outcome.LEANS_HIGHER
    assert verdict([1, -1] + [0] * 20) == Outcome.SAME
    assert verdict([0] * 20) == Outcome.SAME
    assert verdict([1, -1, 2, -2] * 4) == Outcome.UNKNOWN
    assert verdict([]) == Outcome.NO_PAIRS


def test_the_report_agrees_with_itself(figures) -> None:
    assert problems(figures) == []


@pytest.mark.parametrize(
    ("tamper", "cell"),
    [
        (
            lambda f: f["items"][3].update(negative=f["items"][3]["negative"] + 1),
            "Item 4: negative + positive",
        ),
        (lambda f: f["items"][2].update(z=f["items"][2]["z"] + 0.01), "Item 3: p_asymptotic"),
        (lambda f: f["items"][2].update(z=-f["items"][2]["z"]), "wrong sign"),
        (lambda f: f["items"][1].update(sum_ranks_positive=1.0), "Item 2: the sums of ranks"),
        (lambda f: f["items"][1].update(rank_biserial=0.99), "Item 2: rank_biserial"),
        (lambda f: f["items"][0].update(p_holm=0.0), "Item 1: p_holm"),
        (lambda f: f["items"][0].update(n_dropped=7), "Item 1: n and n_dropped"),
        (lambda f: f["items"][0]["pre"]["levels"][0].update(percent=50.5), "Item 1, pre: Beginning"),
        (lambda f: f["items"][0]["post"].update(n=3), "Item 1, post: the levels"),
        (lambda f: f["items"].pop(), "The items listed"),
        (lambda f: f["flow"].update(paired=99), "Flow: paired"),
        (lambda f: f["competencies"][0]["alpha_pre"].update(alpha=-3.0), "alpha pre lies outside"),
    ],
)
def test_a_wrong_cell_is_named(figures, tamper, cell) -> None:
    tamper(figures)
    assert any(cell in sentence for sentence in problems(figures)), problems(figures)


def test_groups_are_shown_together_or_not_at_all(data) -> None:
    few = replace(data, switched=(1, 1, 1) + (0,) * 32)
    found = study(few)
    assert (found.stayers.hidden, found.switchers.hidden, found.stayers.n, found.groups) == (
        True,
        True,
        None,
        (),
    )
    unknown = study(replace(data, switched=(-1,) * 3 + data.switched[3:]))
    assert unknown.switched_share is None
    shown = study(data)
    assert (shown.stayers.n, shown.switchers.n) == (21, 14)
    assert shown.switched_share == pytest.approx(0.4)


def test_own_focus_needs_enough_people_and_enough_without(data) -> None:
    assert study(data).focus.n == 35
    assert study(replace(data, focus_pre=("",) * 35)).focus is None
    assert study(replace(data, focus_pre=("", "", *data.focus_pre[2:]))).focus is None
    assert study(replace(data, focus_pre=("",) * 10 + data.focus_pre[10:])).focus.n == 25


def test_then_items_stand_beside(result) -> None:
    first = result.then[0]
    assert first.item.code == "1"
    assert first.from_then.negative < first.from_pre.negative or first.from_then.positive > 0
    assert first.pre_to_then.positive == 0


def test_no_pairs_and_no_statements_are_no_error() -> None:
    empty = study(make_study(0))
    assert (empty.hidden, empty.items, empty.factors) == (True, (), None)
    bare = make_study(10)
    bare = replace(bare, items=tuple(replace(item, competency="") for item in bare.items))
    assert study(bare).competencies == ()


def test_a_scale_that_everybody_answers_alike_says_so(data) -> None:
    flat = data.pre.copy()
    flat[:, :3] = 2
    found = study(replace(data, pre=flat, alone_pre=np.full_like(data.alone_pre, 2)))
    assert found.competencies[0].pre is None
    assert "alike" in found.competencies[0].pre_refusal
    assert found.factors is None
    assert found.baseline[0].test is None


def test_a_competency_of_one_statement_is_compared_and_has_no_alpha_in_the_figures() -> None:
    """The row is there with its medians; where alpha would stand is nothing, and why in words."""
    single = make_study(per_scale=1)
    rows = study_json(study(single), [item.code for item in single.items])["competencies"]
    assert [row["items"] for row in rows] == [[item.code] for item in single.items]
    for row in rows:
        assert row["n"] > 0
        assert row["median_pre"] is not None
        for wave in ("pre", "post"):
            assert row[f"alpha_{wave}"] is None
            assert "needs two or more" in row[f"alpha_{wave}_refusal"]


@pytest.mark.parametrize(
    "answers",
    [
        [[1, 4], [2, 3], [3, 2], [4, 1], [2, 3], [3, 2]],
        [[1, 3], [2, 1], [1, 3], [2, 1], [1, 3], [2, 1]],
        [[1, 1, 4], [2, 1, 3], [1, 2, 3], [2, 2, 2], [1, 1, 4], [2, 2, 2]],
    ],
    ids=["same sum", "same sum of standard scores", "three with one sum"],
)
def test_statements_that_cancel_each_other_out_are_said_to_and_break_no_report(answers) -> None:
    """As happens where a statement is worded the other way round and nobody marked it as reversed."""
    with pytest.raises(ValueError, match="cancel each other out"):
        cronbach_alpha(np.array(answers, float))
    scale = len(answers[0])
    opposed = make_study(len(answers), per_scale=scale)
    pre = opposed.pre.copy()
    pre[:, :scale] = answers
    found = study(replace(opposed, pre=pre, alone_pre=opposed.alone_pre[:0]))
    first = found.competencies[0]
    assert (first.pre, first.row.n) == (None, len(answers))
    assert "cancel each other out" in first.pre_refusal


def test_an_instrument_of_open_questions_alone_has_a_report_without_figures(data) -> None:
    tables = {name: getattr(data, name)[:, :0] for name in ("pre", "post", "then", "alone_pre", "alone_post")}
    found = study(replace(data, items=(), then_items=(), **tables))
    assert (found.items, found.competencies, found.then, found.focus) == ((), (), (), None)
    assert "three statements" in found.factors_refusal
    figures = study_json(found, [])
    assert (problems(figures), figures["flow"]["paired"]) == ([], 35)


def test_only_a_look_back_at_a_statement_of_both_waves_stands_beside_it(data) -> None:
    """One that nothing is known to compare with is left out; the other keeps its own answers."""
    stray = (replace(data.then_items[0], looks_back_at="gone"), data.then_items[1])
    kept = study(replace(data, then_items=stray)).then
    assert [(row.item.code, row.pre_to_then) for row in kept] == [("2", study(data).then[1].pre_to_then)]
    assert study(replace(data, then_items=stray[:1], then=data.then[:, :1])).then == ()


def test_shapes_must_fit(data) -> None:
    with pytest.raises(ValueError, match="columns are the statements"):
        study(replace(data, pre=data.pre[:, 1:]))
    with pytest.raises(ValueError, match="for every pair"):
        study(replace(data, switched=(1,)))


def test_rows_left_over_are_found_without_names() -> None:
    assert without([(1, 2), (1, 2), (3, 4)], [(1, 2)]) == [(1, 2), (3, 4)]


def test_the_order_of_people_changes_nothing(data) -> None:
    order = np.random.default_rng(1).permutation(35)
    mixed = replace(
        data,
        pre=data.pre[order],
        post=data.post[order],
        then=data.then[order],
        focus_pre=tuple(data.focus_pre[i] for i in order),
        focus_post=tuple(data.focus_post[i] for i in order),
        switched=tuple(data.switched[i] for i in order),
    )
    assert write_bundle(mixed) == write_bundle(data)
    assert in_order(mixed).focus_pre == in_order(data).focus_pre


def test_a_bundle_runs_again_to_the_same(data) -> None:
    found = rerun_bundle(write_bundle(data))
    assert found.same
    assert found.figures > 2000
    assert found.versions == ()


def remade(content: bytes, name: str, change) -> bytes:
    """The bundle with one file changed and its sum made right again."""
    import hashlib

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files[name] = change(files[name])
    lines = [
        f"{hashlib.sha256(text).hexdigest()}  {each}"
        for each, text in files.items()
        if each != "MANIFEST.sha256"
    ]
    files["MANIFEST.sha256"] = ("\n".join(lines) + "\n").encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for each, text in files.items():
            archive.writestr(each, text)
    return held.getvalue()


def test_a_changed_report_or_version_is_named(data) -> None:
    content = write_bundle(data)
    found = rerun_bundle(
        remade(content, "report.json", lambda text: text.replace(b'"tied": ', b'"tied": 1', 1))
    )
    assert not found.same
    assert found.differences[0].startswith("report.items[0].tied was 1")
    old = rerun_bundle(
        remade(content, "versions.json", lambda text: text.replace(b'"numpy": "', b'"numpy": "0'))
    )
    assert old.same
    assert old.versions[0].startswith("numpy: 0")
    more = rerun_bundle(
        remade(content, "report.json", lambda text: text.replace(b'"version": 1', b'"edition": 1', 1))
    )
    assert len(more.differences) == 2


def test_what_is_no_bundle_is_refused(data) -> None:
    content = write_bundle(data)
    with pytest.raises(ValueError, match="cannot be unpacked"):
        rerun_bundle(b"no zip")
    with pytest.raises(ValueError, match="columns of"):
        rerun_bundle(remade(content, "data.csv", lambda text: b"row,other\n"))
    with pytest.raises(ValueError, match="lacks one of its rows"):
        rerun_bundle(
            remade(content, "data.csv", lambda text: text.replace(b"1,paired,pre", b"1,gone,pre", 1))
        )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("data.csv", "")
    with pytest.raises(ValueError, match="The bundle lacks"):
        rerun_bundle(held.getvalue())


def test_a_bundle_that_contradicts_itself_is_not_written(data) -> None:
    with pytest.raises(ValueError, match="contradicts itself"):
        write_bundle(replace(data, flow=replace(data.flow, paired=99)))


def test_competencies_keep_the_order_of_the_instrument(result) -> None:
    assert tuple(each.competency for each in result.competencies) == COMPETENCIES
    assert read_data is not None
