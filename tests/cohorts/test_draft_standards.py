"""A standard that is still being written is not shown to those who will choose by it."""

from __future__ import annotations

import pytest

from cohorts.models import ProgramYear, Standard, StandardNode

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "state", "seen"),
    [
        ("draft", "draft", False),
        ("draft", "open", True),
        ("draft", "closed", True),
        ("in_use", "draft", True),
        ("retired", "draft", True),
    ],
)
def test_participants_read_a_draft_once_a_year_stands_on_it(cast, status, state, seen):
    Standard.objects.filter(pk=cast.standard.pk).update(status=status)
    ProgramYear.objects.filter(pk=cast.year.pk).update(state=state)
    for user, answer in ((cast.participant, seen), (cast.lead, True), (cast.manager, True)):
        assert Standard.objects.visible_to(user).filter(pk=cast.standard.pk).exists() is answer
        nodes = StandardNode.objects.visible_to(user).filter(standard=cast.standard)
        assert nodes.count() == (cast.standard.nodes.count() if answer else 0)


def test_no_row_doubles_and_no_stranger_reads(cast, other):
    assert list(Standard.objects.visible_to(cast.lead)) == [cast.standard]
    assert list(Standard.objects.visible_to(cast.stranger)) == []
    assert list(Standard.objects.visible_to(other.lead)) == [other.standard]
