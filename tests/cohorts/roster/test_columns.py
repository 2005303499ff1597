"""Which heading means which column, and which words mean which role."""

from __future__ import annotations

import pytest

from cohorts.roster import LEAVE_OUT, Choices, column_key
from cohorts.roster.columns import FIELDS, recognize
from cohorts.roster.people import given_first
from cohorts.roster.roles import role_kind, role_kind_in_title


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-MAIL", "email"),
        ("e_mail address", "email"),
        ("Courriel", "email"),
        ("Full Name", "name"),
        ("First name", "given_name"),
        ("SURNAME", "family_name"),
        ("Prénom", "given_name"),
        ("Known as", "preferred_name"),
        ("École", "school"),
        ("School Code", "school_code"),
        ("Job Title", "role_title"),
        ("Role", "role_kind"),
        ("Emp. ID", "employee_number"),
        ("sourcedId", "source_id"),
        ("Start_Date", "starts_on"),
        ("Also teaches?", "also_teaches"),
        ("Reports to", "supervisor"),
        ("Leads since (year)", "leads_since"),
    ],
)
def test_headings_under_which_a_column_is_known(heading, field):
    assert recognize([heading], Choices()).columns == {field: 0}


def test_no_heading_means_two_columns():
    headings = [heading for names in FIELDS.values() for heading in names]
    assert len(headings) == len(set(headings))


def test_what_is_left_to_ask():
    found = recognize(["E-mail", "Mail", "Phone", "Given name"], Choices())
    assert found.undecided == (2,)
    assert found.missing == ("name",)
    assert found.doubled == {"email": (0, 1)}
    assert found.columns == {"given_name": 3}
    assert not found.is_settled


def test_earlier_answers_settle_it():
    choices = Choices(columns={"mail": LEAVE_OUT, "phone": LEAVE_OUT, "givenname": "name"})
    found = recognize(["E-mail", "Mail", "Phone", "Given name"], choices)
    assert (found.columns, found.is_settled) == ({"email": 0, "name": 3}, True)


def test_two_columns_of_the_same_heading_and_one_without_any_keep_apart():
    headings = ["Name", "Name", "", "#", "名"]
    assert [column_key(headings, index) for index in range(5)] == [
        "name",
        "name#2",
        "column3",
        "column4",
        "名",
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Acting Vice-Principal (K–6)", "assistant_principal"),
        ("Principal", "principal"),
        ("Associate Superintendent, Learning", "assistant_superintendent"),
        ("Superintendent", "superintendent"),
        ("Director of Learning", "director"),
        ("Literacy Consultant", "consultant"),
        ("Chief Bottle Washer", ""),
    ],
)
def test_a_title_may_tell_the_kind_of_role(title, kind):
    assert role_kind_in_title(title) == kind


def test_role_words_follow_the_choice_made():
    choices = Choices(roles={"administrator": "principal", "teacher": LEAVE_OUT})
    words = ("Administrator", "teacher", "Vice Principal", "assistant_principal", "wizard")
    assert [role_kind(word, choices) for word in words] == [
        "principal",
        LEAVE_OUT,
        "assistant_principal",
        "assistant_principal",
        None,
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Roy, Ana", "Ana Roy"),
        ("Ana Roy", "Ana Roy"),
        ("Ana Roy, PhD", "Ana Roy, PhD"),
        ("Roy, Ana, PhD", "Roy, Ana, PhD"),
        ("Roy,", "Roy,"),
    ],
)
def test_names_with_a_comma(written, read):
    assert given_first(written) == read
