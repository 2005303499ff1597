"""Files of past surveys, row by row: what is told, what is left out, and what is never stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from leaderdev.common.refusals import RefusedError
from surveys.models import SKIPPED, Response
from surveys.services import importing
from surveys.services.answering import MOST_LETTERS
from surveys.services.importing import MOST_PROBLEMS, import_responses, read_file
from surveys.services.settling import close_wave
from surveys.services.waves import announce, remove_wave
from tests.surveys.samples import DAY, NOW, make_wave, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "past.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def stored_levels(wave) -> list[list[int]]:
    keys = [str(item.pk) for item in statements(wave)]
    return sorted([row.answers[key] for key in keys] for row in Response.objects.filter(wave=wave))


def test_only_who_runs_the_survey_brings_responses_in(cast, other, wave, written):
    path = written("participant,1,2,3,4\nA,1,2,3,4\n")
    for by in (cast.participant, cast.researcher, cast.facilitator, other.lead):
        with pytest.raises(PermissionDenied):
            import_responses(by=by, wave=wave, path=path)
    assert Response.objects.count() == 0
    assert import_responses(by=cast.lead, wave=wave, path=path).stored == 1


def test_a_file_longer_than_one_batch_is_stored_whole_and_each_row_once(wave, written, monkeypatch):
    monkeypatch.setattr(importing, "_BATCH", 3)
    rows = "".join(f"P{n},{1 + n % 4},2,3,4\n" for n in range(8))
    read = import_responses(by=None, wave=wave, path=written("participant,1,2,3,4\n" + rows))
    assert (read.people, read.stored, read.answers) == (8, 8, 32)
    assert stored_levels(wave) == sorted([1 + n % 4, 2, 3, 4] for n in range(8))


def test_empty_rows_mean_nothing_in_either_form(wave, written):
    wide = written("participant,1,2,3,4\n,,,,\nA,1,2,3,4\n\n,,,,\n")
    assert (read_file(wide, wave).people, read_file(wide, wave).problem_count) == (1, 0)
    long = written("participant,item,value\n,,\nA,1,4\n\nA,2,3\n,,\n")
    read = import_responses(by=None, wave=wave, path=long)
    assert (read.stored, read.problems) == (1, [])
    assert stored_levels(wave) == [[4, 3, SKIPPED, SKIPPED]]


def test_a_row_of_the_long_form_needs_participant_item_and_value(wave, written):
    read = read_file(written("participant,item,value\nA,1\n ,1,3\nA,1,3\n"), wave)
    needed = "participant, item and value are needed."
    assert read.problems == [f"Row 2: {needed}", f"Row 3: {needed}"]


def test_the_first_answer_to_an_item_counts_and_the_second_is_named(wave, written):
    text = "participant,item,value\nA,1,1\nA,q1,4\nA,2,2\nA,3,3\nA,4,4\n"
    read = import_responses(by=None, wave=wave, path=written(text))
    assert read.duplicates == ["Row 3: a second answer to item “q1”."]
    assert stored_levels(wave) == [[1, 2, 3, 4]]


def test_a_text_longer_than_anybody_may_type_is_a_problem_and_nothing_is_stored(wave, written):
    fits, long = "x" * MOST_LETTERS, "x" * (MOST_LETTERS + 1)
    text = f"participant,1,why\nA,1,{fits}\nB,2,{long}\n"
    read = import_responses(by=None, wave=wave, path=written(text))
    assert read.problems == [f"Row 3, why: the text is longer than {MOST_LETTERS} letters."]
    assert Response.objects.count() == 0


def test_a_page_of_problems_is_told_and_all_are_counted(wave, written):
    rows = "".join(f"P{n},9\n" for n in range(MOST_PROBLEMS + 10))
    read = read_file(written("participant,1\n" + rows), wave)
    assert (len(read.problems), read.problem_count) == (MOST_PROBLEMS, MOST_PROBLEMS + 10)


def test_levels_are_read_as_numbers_or_words_and_columns_by_the_wave_they_name(wave, written):
    text = "participant,q01_pre,q02_pre,3,4\nA,Excelling,2.0,achieving,prefer not\n"
    import_responses(by=None, wave=wave, path=written(text))
    assert stored_levels(wave) == [[4, 2, 3, -1]]


def test_a_past_wave_is_read_in_once_and_closed_without_an_announcement(cast, survey, written):
    past = make_wave(cast, survey, announced=False, opens_at=NOW - 9 * DAY, closes_at=NOW - DAY)
    with pytest.raises(RefusedError, match="never announced"):
        close_wave(by=cast.lead, wave=past)
    survey.smallest_group = None
    survey.save()
    import_responses(by=None, wave=past, path=written("participant,1\nA,1\n"))
    closed = close_wave(by=cast.lead, wave=past)
    assert (closed.closed, closed.survey.smallest_group) == (True, 5)
    for text in ("participant,1\nB,1\n", "participant,1\nA,1\n"):
        with pytest.raises(RefusedError, match="may have been read"):
            import_responses(by=None, wave=past, path=written(text))
    assert stored_levels(past) == [[1, -2, -2, -2]]
    with pytest.raises(RefusedError, match="is closed"):
        announce(by=cast.lead, wave=closed)
    with pytest.raises(RefusedError, match="It stays"):
        remove_wave(by=cast.lead, wave=closed)


def test_the_command_says_why_a_wave_that_is_over_takes_no_file(cast, survey, written):
    over = make_wave(cast, survey, closes_at=NOW - DAY)
    import_responses(by=None, wave=over, path=written("participant,1\nA,1\n"))
    with pytest.raises(CommandError, match="may have been read"):
        call_command("import_responses", str(written("participant,1\nB,1\n")), survey=survey.slug, wave="pre")


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_file_from_a_spreadsheet_with_another_separator_is_read(wave, written, between):
    path = written("\ufeffparticipant,1,2,3,4\nA,1,2,3,4\n".replace(",", between))
    assert import_responses(by=None, wave=wave, path=path).stored == 1
    assert stored_levels(wave) == [[1, 2, 3, 4]]


def test_a_quotation_mark_that_nobody_closed_is_a_problem_with_its_row(wave, written):
    path = written('participant,1,2,3,4\nA,1,2,3,4\nB,"' + "x" * 140_000)
    read = import_responses(by=None, wave=wave, path=path)
    assert (read.stored, Response.objects.count()) == (0, 0)
    assert read.problems[-1].startswith("Row 3: the file is no table from here on")


def test_labels_that_are_digits_mean_the_same_with_and_without_a_point(wave, written):
    scale = statements(wave)[0].scale
    for level in scale.levels.all():
        level.label = str(level.value - 1)
        level.save()
    import_responses(by=None, wave=wave, path=written("participant,1,2,3,4\nA,0,1,2,3\nB,0.0,1.0,2.0,3.0\n"))
    assert stored_levels(wave) == [[1, 2, 3, 4], [1, 2, 3, 4]]


def test_a_wave_that_holds_answers_from_a_file_is_not_removed_with_them(cast, survey, written):
    plan = make_wave(cast, survey, announced=False)
    import_responses(by=cast.lead, wave=plan, path=written("participant,1,2,3,4\nA,1,2,3,4\n"))
    with pytest.raises(RefusedError, match="read in from a file"):
        remove_wave(by=cast.lead, wave=plan)
    assert Response.objects.count() == 1
