"""Every kind asks a question that both databases answer, and says nothing that it should not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template.loader import get_template
from django.utils.translation import gettext_lazy, override

from leaderdev.reminders.book import Book
from leaderdev.reminders.kinds import KINDS, by_name
from leaderdev.reminders.placeholders import check
from leaderdev.reminders.services.finding import find_due
from leaderdev.reminders.services.upcoming import default_text, explain, sample_of
from tests.joins import joined_twice

NOW = dt.datetime(2027, 1, 7, 15, tzinfo=dt.UTC)
EACH = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@EACH
def test_it_finds_asks_again_and_explains(cast, kind):
    find_due(now=NOW, kinds=[kind], book=Book())
    kind.facts([cast.participant.pk], [1], NOW)
    explain(person=cast.participant, at=NOW, kinds=[kind])


@EACH
def test_it_joins_nothing_twice(kind):
    """Two filters on what may be many ask it of two rows: one wave is open, and another one is mailed."""
    assert joined_twice(kind.rows(NOW).query) == []


@EACH
def test_its_words_can_be_edited_and_its_sample_is_whole(cast, kind):
    subject, body = default_text(kind)
    check(subject, kind.placeholders)
    check(body, kind.placeholders)
    assert subject and body
    written = sample_of(kind=kind, cohort=cast.cohort, reader=cast.lead)
    for text in (written.subject, written.text, written.html):
        assert "{" not in text
    assert str(kind.button) in written.text and str(kind.why) in written.text


@EACH
def test_it_has_three_templates_and_sentences(kind):
    for name in ("subject.txt", "body.txt", "body.html"):
        get_template(f"emails/{kind.name}/{name}")
    assert len({kind.name, str(kind.label), str(kind.about), str(kind.why)}) == 4
    assert len(f"{max(stage.name for stage in kind.stages)}:2027-01-07T15:00:00+00:00") <= 60


def test_a_label_is_said_in_the_reader_s_language_whatever_the_sender_s_is():
    day = gettext_lazy("Monday")
    with override("de"):
        assert str(day) == "Montag"
        assert by_name("check_in").in_language(day, "en") == "Monday"
        assert by_name("check_in").in_language(day, "de") == "Montag"
