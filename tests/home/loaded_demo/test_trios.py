"""The trios of the demo: two published years, formed by the real solver, and the repair of the first."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from coaching.models import TrioProposal
from coaching.proposal_page import ProposalPage
from cohorts.models import TrioSeat
from leaderdev.accounts.models import User

pytestmark = pytest.mark.django_db


def sizes(proposal: TrioProposal) -> Counter:
    return Counter(len(group["members"]) for group in proposal.groups)


def test_both_years_have_published_trios_and_the_first_one_a_repair_story(demo):
    first, second = demo.years
    for year in demo.years:
        # What was published last is who sits where.
        last = year.trio_proposals.filter(state="published").order_by("-published_at").first()
        seated: dict[int, set[str]] = {}
        for seat in TrioSeat.objects.filter(program_year=year, left_on=None):
            seated.setdefault(seat.trio_id, set()).add(str(seat.membership_id))
        assert {frozenset(group["members"]) for group in last.groups} == set(map(frozenset, seated.values()))
        assert all(one["value"] == one["bound"] for one in last.standings), "best possible: proven"
        assert last.published_by is not None

    formed, repaired = first.trio_proposals.order_by("number")
    assert (formed.kind, formed.state, repaired.kind) == ("fresh", "published", "repair")
    assert sizes(repaired) == {3: 17, 4: 1}
    assert sum(len(group["members"]) for group in repaired.groups) == 55
    # One person came late: a fourth seat, and nobody else moves.
    assert sizes(formed) == {3: 18}
    page = ProposalPage(repaired)
    assert (page.untouched, page.moved, len(page.repair)) == (17, [], 1)
    assert [len(page.repair[0][word]) for word in ("stay", "leave", "come")] == [3, 0, 1]

    tried, published = second.trio_proposals.order_by("number")
    assert (tried.state, published.state) == ("ready", "published")
    assert sizes(published) == {3: 16, 4: 1}
    assert tried.rules["priorities"][0] == "travel", "the other proposal put short ways before everything"

    lead = Client()
    lead.force_login(
        User.objects.get(pk=published.published_by_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    for year, number in ((first, repaired.number), (second, tried.number)):
        url = reverse("coaching:proposal", args=[year.cohort.slug, year.slug, number])
        assert lead.get(url).status_code == 200
    compared = lead.get(reverse("coaching:forming_compare", args=[second.cohort.slug, second.slug]))
    assert compared.context["result"]["people"], "the two proposals differ"
