"""Who is new, changed, moved, unchanged and absent, and what happens to the posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cohorts.roster import Choices, Detail, KnownPerson, KnownPost, Notice, PostStep, make_plan, read_table
from tests.cohorts.roster.files import SCHOOLS, TODAY, csv_file

POST = KnownPost(1, "principal", "Principal", False, date(2024, 8, 1))
ANA = KnownPerson(7, "ana.roy@example.ca", "Ana Roy", source_id="S1", post=POST)
HEADINGS = (
    "E-mail", "Name", "School", "Role", "Role title", "Also teaches", "Source id", "Start date", "Supervisor",
)  # fmt: skip
ROW = {
    "E-mail": "ana.roy@example.ca", "Name": "Ana Roy", "School": "0010", "Role": "principal",
    "Role title": "Principal", "Source id": "S1",
}  # fmt: skip


def plan_for(*rows: dict[str, str], roll=(ANA,)):
    table = read_table(
        csv_file(*[[row.get(h, "") for h in HEADINGS] for row in rows], headings=HEADINGS), today=TODAY
    )
    return make_plan(table, Choices(), schools=SCHOOLS, people=roll, today=TODAY)


def one(row: dict[str, str], person: KnownPerson = ANA):
    plan = plan_for(row, roll=(person,))
    assert plan.problems == []
    return plan.changes[0]


def test_the_same_again_is_unchanged():
    change = one(ROW)
    assert (change.kind, change.person, change.details, change.step) == ("unchanged", 7, (), None)


def test_an_empty_cell_changes_nothing():
    assert one({"E-mail": "ana.roy@example.ca", "Name": "Ana Roy"}).kind == "unchanged"


def test_somebody_new_starts_on_the_row_s_date_or_today():
    plan = plan_for({**ROW, "Start date": "2026-08-31"}, roll=())
    assert plan.changes[0].step == PostStep("start", replace(POST, starts_on=date(2026, 8, 31)))
    plan = plan_for(ROW, roll=())
    assert (plan.changes[0].kind, plan.changes[0].step.post.starts_on) == ("new", TODAY)


def test_another_school_is_a_move_that_keeps_the_old_post():
    change = one({**ROW, "School": "0020", "Start date": "2027-01-04"})
    assert change.kind == "moved"
    assert change.step == PostStep("start", replace(POST, school=2, starts_on=date(2027, 1, 4)))
    assert change.details == (
        Detail("school", 1, 2),
        Detail("starts_on", date(2024, 8, 1), date(2027, 1, 4)),
    )


def test_another_kind_of_role_is_a_new_post_at_the_same_school():
    change = one({**ROW, "Role": "assistant principal", "Role title": ""})
    wanted = KnownPost(1, "assistant_principal", "", False, TODAY)
    assert (change.kind, change.step) == ("changed", PostStep("start", wanted))


def test_a_title_or_an_earlier_start_is_corrected_in_place():
    change = one({**ROW, "Role title": "Head", "Also teaches": "yes", "Start date": "2023-08-01"})
    wanted = KnownPost(1, "principal", "Head", True, date(2023, 8, 1))
    assert (change.kind, change.step) == ("changed", PostStep("amend", wanted))


def test_a_move_that_would_start_before_the_present_post_is_a_problem():
    plan = plan_for({**ROW, "School": "0020", "Start date": "2024-08-01"})
    assert [str(problem) for problem in plan.problems] == [
        "Row 2, Start date: The file moves Ana Roy on 2024-08-01, but the present post began on 2024-08-01. "
        "Write the day of the move, or leave the date empty."
    ]


def test_a_start_inside_an_earlier_post_is_a_problem():
    plan = plan_for({**ROW, "Start date": "2020-01-01"}, roll=(replace(ANA, last_ended=date(2024, 7, 1)),))
    assert [str(problem) for problem in plan.problems] == [
        "Row 2, Start date: This start date lies before 2024-07-01, when the earlier post of Ana Roy ended."
    ]


def test_somebody_between_posts_starts_after_the_last_one():
    change = one(ROW, replace(ANA, post=None, last_ended=date(2027, 1, 1)))
    assert (change.kind, change.step.post.starts_on) == ("changed", date(2027, 1, 1))


def test_somebody_who_left_comes_back():
    change = one(ROW, replace(ANA, is_active=False))
    assert (change.kind, change.details) == ("changed", (Detail("is_active", False, True),))


def test_the_source_id_outranks_the_e_mail():
    change = one({**ROW, "E-mail": "ana.li@example.ca", "Name": "Ana Li"})
    assert (change.kind, change.person) == ("changed", 7)
    assert change.details == (
        Detail("name", "Ana Roy", "Ana Li"),
        Detail("email", "ana.roy@example.ca", "ana.li@example.ca"),
    )


def test_who_has_signed_in_keeps_the_address_and_a_notice_says_so():
    plan = plan_for({**ROW, "E-mail": "ana.li@example.ca"}, roll=(replace(ANA, email_follows=False),))
    assert [change.kind for change in plan.changes] == ["unchanged"]
    params = {
        "line": 2, "person": "Ana Roy", "known": "ana.roy@example.ca", "value": "ana.li@example.ca",
    }  # fmt: skip
    assert plan.notices == [Notice("email_kept", params)]


def test_a_name_that_the_roster_may_not_change_stays():
    assert one({**ROW, "Name": "Somebody"}, replace(ANA, name_follows=False)).kind == "unchanged"


def test_the_number_outranks_the_e_mail_and_the_e_mail_comes_last():
    number = replace(ANA, source_id="", employee_number="E1")
    plan = make_plan(
        read_table(b"E-mail,Name,Employee number\nnew@example.ca,Ana Roy,E1\n", today=TODAY),
        Choices(), schools=SCHOOLS, people=(number,), today=TODAY,
    )  # fmt: skip
    assert plan.changes[0].details == (Detail("email", "ana.roy@example.ca", "new@example.ca"),)
    change = one(ROW, replace(ANA, source_id=""))
    assert change.details == (Detail("source_id", "", "S1"),)


def test_a_supervisor_may_be_new_in_the_file_or_known():
    boss = KnownPerson(8, "bo.ss@example.ca", "Bo Ss")
    plan = plan_for({**ROW, "Supervisor": "Bo.Ss@example.ca"}, roll=(ANA, boss))
    assert plan.changes[0].details == (Detail("supervisor", "", "bo.ss@example.ca"),)
    plan = plan_for({**ROW, "Supervisor": "bo.ss@example.ca"}, roll=(replace(ANA, supervisor=8), boss))
    assert plan.changes[0].kind == "unchanged"
    new_boss = {"E-mail": "new@example.ca", "Name": "New Boss"}
    plan = plan_for({**ROW, "Supervisor": "new@example.ca"}, new_boss)
    assert plan.problems == []
    assert plan.changes[0].supervisor == "new@example.ca"


def test_a_circle_that_closes_over_a_stored_line_is_seen():
    boss = KnownPerson(8, "bo.ss@example.ca", "Bo Ss", supervisor=7)
    plan = plan_for({**ROW, "Supervisor": "bo.ss@example.ca"}, roll=(ANA, boss))
    assert [str(problem) for problem in plan.problems] == [
        "Row 2, Supervisor: The reporting line goes in a circle: Ana Roy → Bo Ss → Ana Roy."
    ]


def test_absent_means_active_and_not_in_the_file():
    gone = KnownPerson(8, "g@example.ca", "Gone Girl")
    left_long_ago = KnownPerson(9, "l@example.ca", "Left Long Ago", is_active=False)
    plan = plan_for(ROW, roll=(ANA, gone, left_long_ago))
    assert [(absence.person, absence.suggested) for absence in plan.absent] == [(gone, False)]
    assert plan.counts() == {
        "new": 0, "changed": 0, "moved": 0, "unchanged": 1, "absent": 1, "problems": 0,
    }  # fmt: skip


@pytest.mark.parametrize("other", [replace(ANA, name="Anna Roy"), replace(ANA, is_active=False)])
def test_the_digest_follows_the_effect(other):
    assert plan_for(ROW).digest() == plan_for(ROW).digest()
    assert plan_for(ROW).digest() != plan_for(ROW, roll=(other,)).digest()
