"""A printed table against itself, and the two commands that need no database."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from surveys.analysis.files import read_paired, read_printed
from surveys.analysis.paired import KEYS, analyze, as_text
from surveys.analysis.published import check_published_table

DATA = Path(__file__).parent / "data"


def row(**changed: str) -> dict[str, str]:
    return {"item": "1", "negative": "3", "positive": "11", "ties": "21", "z": "2.14", "p": "0.033"} | changed


def reasons(n: int = 35, steps: int = 3, **changed: str) -> list[str]:
    return [each.reason for each in check_published_table([row(**changed)], n, steps=steps).contradictions]


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_study_contradicts_itself_in_three_rows() -> None:
    rows = read_printed((DATA / "table1_published.csv").read_text(encoding="utf-8"))
    found = check_published_table(rows, 35)
    assert [each.item for each in found.contradictions] == ["10", "12", "14"]
    assert [each.reason for each in found.contradictions] == [
        "5 negative + 10 positive + 25 tied = 40, which is 5 more than the 35 pairs.",
        "z = 2.39 gives p between 0.0166 and 0.0171, not the printed 0.021.",
        "7 negative + 9 positive + 13 tied = 29, which is 6 fewer than the 35 pairs.",
    ]
    assert (found.rows, found.notes) == (14, ())


def test_a_row_that_agrees_with_itself() -> None:
    assert reasons() == []
    assert reasons(z="-2.14", p="0.033*") == []
    assert reasons(z="−2.1", p="< .05") == []
    assert reasons(z="2.138", p=".0325") == []


def test_a_z_that_no_differences_give() -> None:
    assert reasons(z="0.10", p="0.920") == [
        "With 3 down and 11 up, no steps of 1 to 3 give |z| = 0.1; the closest is 0.8601."
    ]
    assert reasons(negative="0", positive="0", ties="35", z="0.00", p="1.000") == [
        "Nobody changed, so there can be no z."
    ]
    # All changes of one step: z = 8 / √14 and nothing else.
    assert reasons(steps=1) == []
    assert len(reasons(steps=1, z="2.20", p="0.028")) == 1


def test_too_many_ways_are_not_tried() -> None:
    found = check_published_table([row(negative="400", positive="400", ties="0", z="0.50", p="0.617")], 800)
    assert found.contradictions == ()
    assert "was not checked" in found.notes[0]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"negative": "three"}, "whole numbers"),
        ({"negative": "-1"}, "whole numbers"),
        ({"z": "high"}, "cannot be one"),
        ({"p": "1.5"}, "cannot be one"),
        ({"ties": ""}, "has no ties"),
    ],
)
def test_unreadable_rows_are_refused(changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        check_published_table([row(**changed)], 35)


def test_tables_without_rows_or_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        check_published_table([], 35)
    with pytest.raises(ValueError, match="at least one pair"):
        check_published_table([row()], 0)


def test_reading_paired_answers() -> None:
    items = read_paired("\ufeffParticipant;item;pre;post\nA;x;1;NA\nB;x;2,5;3\n\nA;y;1;2\n")
    assert [(item.item, item.people) for item in items] == [("x", ("A", "B")), ("y", ("A",))]
    assert items[0].pre == (1.0, 2.5)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "columns participant, item, pre, post are missing"),
        ("participant,item,pre\n", "column post is missing"),
        ("participant,item,pre,post\n", "no answers"),
        ("participant,item,pre,post\nA,x,1,2\nA,x,1,2\n", "Row 3: participant A has item x twice"),
        ("participant,item,pre,post\nA,x,one,2\n", "Row 2: pre is “one”"),
        ("participant,item,pre,post\n,x,1,2\n", "Row 2 lacks a participant"),
        ("participant,item,pre,post\nA,x,1,inf\n", "Row 2: post is “inf”"),
        ('participant,item,pre,post\nA,x,1,"' + "9" * 140000, "not a table"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_paired(content)


def test_warnings_name_what_depends_on_a_convention() -> None:
    found = analyze(read_paired((DATA / "table1_pairs_part.csv").read_text(encoding="utf-8"))).warnings
    assert found[0] == (
        "Item 1: asymptotic p = 0.033 and exact p = 0.057 lie on two sides of 0.05: the verdict depends on "
        "the "
        "convention."
    )
    assert found[-1] == "4 of 5 tests have p < 0.05 taken alone, 0 after Holm's correction for 5 tests."


def test_missing_and_unchanged_items_keep_their_row() -> None:
    content = "participant,item,pre,post\nA,x,1,\nB,x,1,2\nA,y,2,2\nB,y,3,3\nA,z,1,.\n"
    analysis = analyze(read_paired(content))
    assert [(row.n, row.n_dropped, row.test is None) for row in analysis.table.rows] == [
        (1, 1, False),
        (2, 0, True),
        (0, 1, True),
    ]
    listed = analysis.as_json()["items"]
    assert listed[1]["z"] is None
    assert listed[1]["sum_ranks_negative"] == 0
    assert listed[2]["sum_ranks_negative"] is None
    assert analysis.warnings[0] == "Item x: 1 pair lacks an answer and was left out."
    assert "–" in as_text(analysis)


def test_analyze_paired_prints_the_documented_keys() -> None:
    listed = json.loads(run("analyze_paired", str(DATA / "table1_pairs_part.csv"), "--format", "json"))
    assert list(listed) == ["items", "warnings"]
    assert [tuple(item) for item in listed["items"]] == [KEYS] * 5
    assert [item["item"] for item in listed["items"]] == ["1", "2", "5", "6", "9"]
    assert "p Holm" in run("analyze_paired", str(DATA / "table1_pairs_part.csv"))


def test_the_command_prints_the_study_s_figures() -> None:
    """Within a unit of the last digit that the study printed, counts exactly."""
    rows = read_printed((DATA / "table1_published.csv").read_text(encoding="utf-8"))
    printed = {str(row["item"]): row for row in rows}
    listed = json.loads(run("analyze_paired", str(DATA / "table1_pairs_part.csv"), "--format", "json"))
    for ours in listed["items"]:
        theirs = printed[ours["item"]]
        assert [ours[key] for key in ("negative", "positive", "tied")] == [
            int(theirs[key]) for key in ("negative", "positive", "ties")
        ]
        assert ours["n"] == 35
        assert ours["n_dropped"] == 0
        assert abs(ours["z"] - float(theirs["z"])) < 0.01, ours["item"]
        assert abs(ours["p_asymptotic"] - float(theirs["p"])) < 0.001, ours["item"]


def test_check_table_prints_the_documented_keys() -> None:
    path = str(DATA / "table1_published.csv")
    listed = json.loads(run("check_table", path, "--n", "35", "--format", "json"))
    assert list(listed) == ["contradictions"]
    assert [list(each) for each in listed["contradictions"]] == [["item", "reason"]] * 3
    assert run("check_table", path, "--n", "35").startswith("Item 10: ")


def test_commands_refuse_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("analyze_paired", str(tmp_path / "none.csv"))
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="UTF-8"):
        run("check_table", str(bad), "--n", "3")
    bad.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(CommandError, match="are missing"):
        run("analyze_paired", str(bad))
    with pytest.raises(CommandError, match="are missing"):
        run("check_table", str(bad), "--n", "3")
    bad.write_text("participant,item,pre,pre,post\na,1,1,2,3\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Two columns are named pre"):
        run("analyze_paired", str(bad))
    bad.write_text("participant,item,pre,post\na,1,1e308,-1e308\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Row 2: pre is “1e308”, which is not a number"):
        run("analyze_paired", str(bad))
    bad.write_text("item,negative,positive,ties,z,p\n1,1e999999,11,21,2.14,0.033\n", encoding="utf-8")
    with pytest.raises(CommandError, match="counts are whole numbers"):
        run("check_table", str(bad), "--n", "35")
    good = tmp_path / "good.csv"
    good.write_text("item,negative,positive,ties,z,p\n1,3,11,21,2.14,0.033\n", encoding="utf-8")
    assert run("check_table", str(good), "--n", "35").strip() == "The row agrees with itself."
