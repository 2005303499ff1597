"""The suite's own guard: what it calls wrong, and what it lets pass."""

from __future__ import annotations

import pytest

from cohorts.models import Membership
from tests.joins import JoinedTwiceError, joined_twice

pytestmark = pytest.mark.django_db


def test_two_filters_along_many_rows_are_refused_and_one_is_not():
    rows = Membership.objects.filter(cohort__years__state="open")
    apart = rows.filter(cohort__years__label="2026–27")
    assert joined_twice(apart.query) == ["Membership: <ManyToOneRel: cohorts.programyear>"]
    with pytest.raises(JoinedTwiceError, match="programyear"):
        list(apart)
    together = Membership.objects.filter(cohort__years__state="open", cohort__years__label="2026–27")
    assert list(together) == []


def test_two_filters_along_one_row_are_one_join():
    rows = Membership.objects.filter(cohort__name="A").filter(cohort__district__slug="b")
    assert joined_twice(rows.query) == []
    assert list(rows) == []
