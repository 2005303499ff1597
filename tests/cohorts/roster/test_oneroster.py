"""Staff out of OneRoster files of both versions."""

from __future__ import annotations

from cohorts.roster import LEAVE_OUT, Choices, KnownPerson, Notice, Row, make_plan, read_table
from tests.cohorts.roster.files import (
    ORGS,
    ROLES_HEAD,
    SCHOOLS,
    TODAY,
    USERS_1P2_HEAD,
    example_zip,
    manifest,
    oneroster_1p1,
    oneroster_1p2,
    role_1p2,
    user_1p1,
    user_1p2,
    zipped,
)


def people(data: bytes, choices: Choices | None = None, roll=()):
    plan = make_plan(
        read_table(data, today=TODAY), choices or Choices(), schools=SCHOOLS, people=roll, today=TODAY
    )
    assert plan.problems == []
    return plan, [
        (c.record.name, c.record.role_kind, c.record.school, c.record.also_teaches) for c in plan.changes
    ]


def test_the_example_of_version_1_2():
    table = read_table(example_zip(), today=TODAY)
    assert (table.coverage, table.notices) == ("bulk", ())
    assert table.rows == (
        Row(
            2,
            (
                "U1", "ana.roy@example.ca", "Ana", "Roy", "", "E100",
                "S10", "0010", "Prairie School", "principal", "", "2026-08-01",
            ),
        ),
    )  # fmt: skip


def test_version_1_1_asks_what_an_administrator_is_and_counts_whom_it_ignores():
    data = oneroster_1p1(
        user_1p1("1", "administrator", "Ana Roy", "S10,S20"),
        user_1p1("2", "teacher", "Ben Li"),
        user_1p1("3", "student", "Sam Poe"),
        user_1p1("4", "guardian", "Gus Poe"),
        user_1p1("5", "administrator", "Off Way", enabled="false"),
    )
    plan, _people = people_and_problems(data)
    assert plan.role_words == {"administrator": 1, "teacher": 1}
    choices = Choices(roles={"administrator": "principal", "teacher": LEAVE_OUT})
    plan, found = people(data, choices)
    assert found == [("Ana Roy", "principal", 1, None)]
    assert plan.notices == [
        Notice("ignored", {"role": "guardian", "count": 1}),
        Notice("ignored", {"role": "student", "count": 1}),
        Notice("switched_off", {"count": 1}),
        Notice("several_roles", {"count": 1}),
        Notice("left_out", {"role": "teacher", "count": 1}),
    ]


def people_and_problems(data: bytes):
    plan = make_plan(read_table(data, today=TODAY), Choices(), schools=SCHOOLS, people=(), today=TODAY)
    return plan, plan.problems


def test_version_1_2_takes_the_present_leading_role_and_sees_who_also_teaches():
    data = oneroster_1p2(
        [user_1p2("1", "Ana Roy"), user_1p2("2", "Ben Li"), user_1p2("3", "Cy Ode"), user_1p2("4", "Di Na")],
        [
            role_1p2("1", "teacher"),
            role_1p2("1", "principal", begin="2026-08-01", kind="secondary"),
            role_1p2("2", "principal", end="2026-08-01"),
            role_1p2("2", "principal", "S20", begin="2026-08-01"),
            role_1p2("3", "parent"),
            role_1p2("4", "principal", end=TODAY.isoformat()),
        ],
    )
    plan, found = people(data)
    assert found == [("Ana Roy", "principal", 1, True), ("Ben Li", "principal", 2, None)]
    assert plan.notices == [
        Notice("ignored", {"role": "parent", "count": 1}),
        Notice("without_role", {"count": 1}),
    ]


def test_people_of_the_district_itself_work_in_its_central_office():
    data = oneroster_1p2([user_1p2("1", "Ana Roy", "D1")], [role_1p2("1", "districtAdministrator", "D1")])
    _plan, found = people(data, Choices(roles={"districtadministrator": "director"}))
    assert found == [("Ana Roy", "director", 3, None)]


def test_bulk_suggests_that_the_absent_have_left_and_delta_names_them():
    roll = (
        KnownPerson(1, "z@example.ca", "Zoe Ray", source_id="9"),
        KnownPerson(2, "y@example.ca", "Yan Oh", source_id="8"),
    )
    user, role = user_1p2("1", "Ana Roy"), role_1p2("1", "principal")
    plan, _found = people(oneroster_1p2([user], [role]), roll=roll)
    assert [(a.person.name, a.suggested) for a in plan.absent] == [("Yan Oh", True), ("Zoe Ray", True)]
    gone = user_1p2("9", "Zoe Ray", status="tobedeleted")
    plan, _found = people(oneroster_1p2([user, gone], [role], "delta"), roll=roll)
    assert [(a.person.name, a.suggested) for a in plan.absent] == [("Zoe Ray", True)]


def test_misspelled_headings_a_folder_and_a_missing_manifest_are_taken_and_named():
    users = USERS_1P2_HEAD.replace("preferredGivenName", "prefferedGivenName").replace("email", "EMail")
    data = zipped(
        {
            "export/users.csv": users + user_1p2("1", "Ana Roy"),
            "export/orgs.csv": ORGS,
            "export/roles.csv": ROLES_HEAD + role_1p2("1", "principal"),
            "__MACOSX/export/users.csv": "x",
        }
    )
    plan, found = people(data)
    assert found == [("Ana Roy", "principal", 1, None)]
    typo = {"name": "users.csv", "found": "prefferedGivenName", "expected": "preferredGivenName"}
    assert plan.notices == [
        Notice("folder", {"folder": "export"}),
        Notice("no_manifest", {"version": "1.2"}),
        Notice("heading_typo", typo),
    ]


def test_nothing_secret_is_kept():
    data = zipped(
        {
            "manifest.csv": manifest("1.2"),
            "orgs.csv": ORGS,
            "users.csv": USERS_1P2_HEAD + user_1p2("1", "Ana Roy") + user_1p2("2", "Sam Poe"),
            "roles.csv": ROLES_HEAD + role_1p2("1", "principal") + role_1p2("2", "student"),
        }
    )
    kept = str(read_table(data, today=TODAY).as_plain())
    assert "secret" not in kept
    assert "Sam" not in kept
