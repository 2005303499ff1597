"""How coaching stands, release time and its export, as those who configure a year use the pages."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from coaching.models import CoachingSettings, ReleaseBudget, ReleaseRequest
from tests.coaching.meetings import (
    make_budget,
    make_conversation,
    make_meeting,
    make_request,
    make_teacher,
    make_visit,
    make_whole_talk,
)
from tests.coaching.pages import said, signed_in

BUDGET = {"days": "12", "dollars": "3000", "day_rate": "262.35", "half_day_rate": "", "cost_code": "410-77"}


def address(name: str, cast, *more: int) -> str:
    return reverse(f"coaching:{name}", args=[cast.cohort.slug, cast.year.slug, *more])


def text(page) -> str:
    """The words of a page without its line breaks."""
    return " ".join(page.content.decode().split())


def test_the_standing_shows_numbers_dates_and_no_word(cast):
    make_whole_talk(cast)
    make_meeting(cast, state="not_held", number=2)
    make_visit(cast)
    make_conversation(cast)
    page = text(signed_in(cast.lead).get(address("standing", cast)))
    for words in ("rounds held", "appointments that did not come about", "not held", "site visit"):
        assert words in page
    assert "<dd>1</dd>" in page
    assert "Participant Person, after round 3" in page
    assert "SECRET" not in page
    # Who configures the program without leading the cohort holds no conversations.
    assert "after round 3" not in text(signed_in(cast.manager).get(address("standing", cast)))


def test_a_budget_is_entered_changed_and_refused_in_nonsense(cast):
    client = signed_in(cast.lead)
    assert "No budget yet" in text(client.get(address("release", cast)))
    answer = client.post(address("release_budget", cast), BUDGET, follow=True)
    assert "is kept" in said(answer)
    assert "$" not in text(answer).split("Waiting for you")[1]
    client.post(address("release_budget", cast), {**BUDGET, "days": "14"})
    assert ReleaseBudget.objects.get().days == Decimal("14")
    wrong = client.post(address("release_budget", cast), {**BUDGET, "dollars": "many"})
    assert wrong.status_code == 200 and "thing to mend" in text(wrong)


def test_a_request_is_approved_and_the_ledger_counts_it(cast):
    make_budget(cast)
    wanted = make_request(cast)
    client = signed_in(cast.lead)
    page = text(client.get(address("release", cast)))
    assert "Participant Person: half a day, morning" in page and "$131.18" in page and "10,000.00" in page
    answer = client.post(address("release_approve", cast, wanted.pk), follow=True)
    assert "Approved." in said(answer)
    assert "131.18" in text(answer) and "Nobody is waiting" in text(answer)
    assert "settled already" in said(client.post(address("release_approve", cast, wanted.pk), follow=True))


def test_over_the_budget_only_in_so_many_words(cast):
    make_budget(cast, dollars=Decimal("100"))
    wanted = make_request(cast)
    client = signed_in(cast.lead)
    assert "Approve over the budget" in text(client.get(address("release", cast)))
    url = address("release_approve", cast, wanted.pk)
    assert "only on purpose" in said(client.post(url, follow=True))
    wanted.refresh_from_db()
    assert wanted.state == "asked"
    answer = client.post(url, {"over_budget": "yes"}, follow=True)
    assert "Approved." in said(answer) and "over the budget" in text(answer)


def test_a_request_is_declined_with_a_reason_that_its_author_reads(cast):
    make_budget(cast)
    visit = make_visit(cast)
    make_teacher(cast)
    wanted = make_request(cast, visit)
    client = signed_in(cast.lead)
    url = address("release_decline", cast, wanted.pk)
    assert "Say in a few words why" in text(client.post(url, {"reason": ""}))
    assert "sees why" in said(client.post(url, {"reason": "No substitute that week"}, follow=True))
    page = text(signed_in(cast.participant).get(visit.get_absolute_url()))
    assert "No substitute that week" in page and "Ask for release time" in page
    assert "settled already" in text(client.post(url, {"reason": "Again"}))


def test_release_time_is_asked_for_taken_back_and_refused_from_the_visit_s_page(cast):
    make_budget(cast)
    visit = make_visit(cast)
    url = reverse("coaching:release_ask", args=[visit.pk])
    client = signed_in(cast.participant)
    assert "also teach" in text(client.post(url, {"portion": "morning"}))
    make_teacher(cast)
    answer = client.post(url, {"portion": "morning"}, follow=True)
    assert "is asked" in said(answer) and "not decided yet" in text(answer)
    back = reverse("coaching:release_withdraw", args=[ReleaseRequest.objects.get().pk])
    assert signed_in(cast.mate).post(back).status_code == 404
    assert "taken back" in said(client.post(back, follow=True))
    assert "settled already" in said(client.post(back, follow=True))


def test_the_export_has_a_line_for_each_approved_request_and_no_formula(cast):
    make_budget(cast)
    leader = cast.members["participant"].leader
    leader.employee_number = "=1+1"
    leader.save()
    wanted = make_request(cast)
    client = signed_in(cast.lead)
    assert len(list(csv.reader(io.StringIO(client.get(address("release_csv", cast)).content.decode())))) == 1
    client.post(address("release_approve", cast, wanted.pk))
    answer = client.get(address("release_csv", cast))
    (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (row["employee_number"], row["name"], row["school"]) == ("'=1+1", "Participant Person", "101")
    assert (row["portion"], row["days"], row["cost"], row["cost_code"]) == (
        "morning",
        "0.5",
        "131.18",
        "410-77",
    )
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(("changed", "kept"), [({"answer_days": "5"}, 5), ({"answer_days": "0"}, None)])
def test_pace_and_thresholds_are_kept_or_refused(cast, changed, kept):
    values = {
        "cadence": "monthly",
        "answer_days": "3",
        "quiet_share_percent": "25",
        "quiet_rounds": "2",
        "missed_in_a_row": "2",
        "untouched_goal_rounds": "3",
        "conversation_after_rounds": "3",
    }
    answer = signed_in(cast.lead).post(address("settings", cast), {**values, **changed}, follow=True)
    if kept is None:
        assert "at least one" in text(answer) and not CoachingSettings.objects.exists()
    else:
        assert "count with it" in said(answer) and CoachingSettings.objects.get().answer_days == kept
