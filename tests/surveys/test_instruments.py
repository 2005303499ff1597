"""Instruments: the library, copies, files of their structure, freezing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from leaderdev.common.refusals import RefusedError
from surveys.interchange.outline import MOST_ITEMS, MOST_TEXT, UnreadableError, from_json
from surveys.interchange.tables import from_csv, from_limesurvey, safe, to_csv, to_limesurvey, unsafe
from surveys.models import Instrument, Item, Section
from surveys.services.instruments import (
    adopt,
    build,
    copy,
    library,
    move_part,
    outline_of,
    remove_part,
    save_part,
    set_levels,
)
from surveys.services.translations import translate
from tests.surveys.samples import answer, make_instrument, make_survey, make_wave, seat_of

LIBRARY = library()


def test_the_library_has_four_instruments_and_keeps_the_numbers_of_the_study():
    assert {outline.slug for outline in LIBRARY} == {
        "growth", "session-feedback", "year-end", "views-of-learning",
    }  # fmt: skip
    growth = next(outline for outline in LIBRARY if outline.slug == "growth")
    numbers = [item.code for item in growth.items if item.kind == "statement"]
    assert numbers == [str(n) for n in range(1, 18)]
    assert [item.node[0] for item in growth.items if item.node] == list("22233444466666777")


@pytest.mark.parametrize("outline", LIBRARY, ids=lambda o: o.slug)
def test_structure_survives_csv_and_limesurvey(outline):
    again = from_csv(to_csv(outline), title=outline.title, slug=outline.slug)
    assert (again.sections, again.scales) == (outline.sections, outline.scales)
    lime = from_limesurvey(to_limesurvey(outline))
    assert [item.text for item in lime.items] == [item.text for item in outline.items]
    assert [item.kind for item in lime.items] == [item.kind for item in outline.items]
    levels = [outline.scales.get(item.scale) for item in outline.items]
    assert [lime.scales.get(item.scale) for item in lime.items] == levels
    assert (lime.title, lime.language) == (outline.title, outline.language)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", "'quoted"])
def test_cells_are_never_formulas_and_come_back(cell):
    assert not safe(cell).startswith(("=", "+", "-", "@", "\t"))
    assert unsafe(safe(cell)) == cell


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "number,wording\n",
        "number,wording,levels\n1,One,only\n",
        "number,wording,levels\n1,One,a|b\n1,Two,a|b\n",
        "number,wording,levels,kind\n1,One,a|b,riddle\n",
        "number,wording,levels,kind\n2,One,a|b,then\n",
        "number,wording\n1,No scale\n",
        'number,wording\n1,"open quote\n',
    ],
)
def test_unreadable_files_say_why(text):
    with pytest.raises(UnreadableError) as caught:
        from_csv(text, title="T", slug="t")
    assert all(problem for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (f"1,{'x' * (MOST_TEXT + 1)},a|b", f"“1”: give a wording of at most {MOST_TEXT} letters"),
        ("1,  ,a|b", f"“1”: give a wording of at most {MOST_TEXT} letters"),
        ("one two,Listen.,a|b", "“one two”: a number is one to twenty letters"),
        (f"{'x' * 21},Listen.,a|b", "a number is one to twenty letters"),
        ("q1,Listen.,a|b\nQ1,Speak.,a|b", "“Q1” stands in it twice"),
        (f"1,Listen.,{'|'.join('abcdefghij')}", "needs two to nine levels"),
        ("\n".join(f"{n},Listen.,a|b" for n in range(MOST_ITEMS + 1)), f"more than {MOST_ITEMS} items"),
    ],
    ids=[
        "long wording",
        "no wording",
        "space in the number",
        "long number",
        "twice",
        "ten levels",
        "too many",
    ],
)
def test_what_cannot_be_stored_is_named_with_what_to_mend(rows, sentence):
    with pytest.raises(UnreadableError) as caught:
        from_csv(f"number,wording,levels\n{rows}\n", title="T", slug="t")
    assert [problem for problem in caught.value.problems if sentence in problem]


def test_an_unknown_limesurvey_question_is_named():
    text = "class\ttype/scale\tname\ttext\nG\t\tPart\t\nQ\tN\tage\tHow old?\n"
    with pytest.raises(UnreadableError, match="age"):
        from_limesurvey(text)
    with pytest.raises(UnreadableError):
        from_limesurvey("one\ttwo\n1\t2\n")
    with pytest.raises(UnreadableError):
        from_json("no")


def test_a_limesurvey_array_becomes_statements():
    text = (
        "class\ttype/scale\tname\ttext\tlanguage\n"
        "S\t\tlanguage\ten\t\nSL\t\tsurveyls_title\tArray\ten\nG\t\tPart\t\ten\n"
        "Q\tF\tuse\tHow useful?\ten\nSQ\t\ta\tThe plan\ten\nSQ\t\tb\tThe trio\ten\n"
        "A\t0\t1\tLittle\ten\nA\t0\t2\tMuch\ten\nQ\tX\tnote\tRead this\ten\nA\t0\t1\tPeu\tfr\n"
    )
    outline = from_limesurvey(text)
    assert [(item.code, item.text) for item in outline.items] == [
        ("use_a", "The plan"),
        ("use_b", "The trio"),
    ]
    assert list(outline.scales.values()) == [("Little", "Much")]


@pytest.mark.django_db
def test_taking_from_the_library_makes_the_next_version(cast):
    first = adopt(by=cast.lead, district=cast.district, slug="growth", standard=cast.standard)
    second = adopt(by=cast.lead, district=cast.district, slug="growth")
    assert (first.version, second.version) == (1, 2)
    assert Item.objects.filter(section__instrument=first).count() == 23
    with pytest.raises(PermissionDenied):
        adopt(by=cast.participant, district=cast.district, slug="growth")
    with pytest.raises(RefusedError):
        adopt(by=cast.lead, district=cast.district, slug="nothing")


@pytest.mark.django_db
def test_a_copy_says_the_same_and_can_be_changed_when_the_first_is_frozen(cast):
    survey = make_survey(cast)
    answer(seat_of(cast, make_wave(cast, survey)), [3])
    frozen = Instrument.objects.get(pk=survey.instrument_id)
    item = Item.objects.filter(section__instrument=frozen).first()
    for move in (
        lambda: save_part(by=cast.lead, instrument=frozen, part=item),
        lambda: remove_part(by=cast.lead, instrument=frozen, part=item),
        lambda: move_part(by=cast.lead, instrument=frozen, part=item, up=True),
    ):
        with pytest.raises(RefusedError, match="frozen"):
            move()
    translate(by=cast.lead, instrument=frozen, language="fr", texts={f"item.{item.pk}.text": "En français"})
    fresh = copy(by=cast.lead, instrument=frozen)
    assert outline_of(fresh) == outline_of(frozen)
    assert (fresh.is_frozen, fresh.version, fresh.copied_from) == (False, 2, frozen)
    with pytest.raises(PermissionDenied):
        save_part(by=cast.participant, instrument=fresh, part=item)


@pytest.mark.django_db
def test_parts_move_and_go(cast):
    instrument = make_instrument(cast)
    section = instrument.sections.first()
    second = section.items.all()[1]
    move_part(by=cast.lead, instrument=instrument, part=second, up=True)
    move_part(by=cast.lead, instrument=instrument, part=second, up=True)
    assert list(section.items.values_list("code", flat=True)) == ["2", "1", "3", "4"]
    move_part(by=cast.lead, instrument=instrument, part=section, up=False)
    assert instrument.sections.last().pk == section.pk
    remove_part(by=cast.lead, instrument=instrument, part=section)
    assert Section.objects.filter(instrument=instrument).count() == 1


@pytest.mark.django_db
def test_then_items_and_reverse_items_survive(cast):
    text = (
        "number,wording,kind,levels,looks_back_at,reversed\n"
        "1,I listen.,statement,a|b|c|d,,yes\n1t,I listen.,then,,1,no\n"
    )
    outline = from_csv(text, title="Then", slug="then")
    made = build(by=cast.lead, district=cast.district, outline=outline)
    again = outline_of(made)
    assert [item.looks_back_at for item in again.items] == ["", "1"]
    assert [item.reverse_keyed for item in again.items] == [True, False]


@pytest.mark.django_db
def test_a_scales_levels_are_put_in_order_from_the_lowest_until_somebody_has_answered(cast):
    instrument = make_instrument(cast)
    scale = instrument.scales.get()
    set_levels(by=cast.lead, scale=scale, name="How often", labels=["Never", "Sometimes", "Always"])
    scale.refresh_from_db()
    assert scale.name == "How often"
    levels = [(1, "Never"), (2, "Sometimes"), (3, "Always")]
    assert sorted(scale.levels.values_list("value", "label")) == levels
    with pytest.raises(PermissionDenied):
        set_levels(by=cast.participant, scale=scale, name="Mine", labels=["a", "b"])
    answer(seat_of(cast, make_wave(cast, make_survey(cast, instrument))), [3])
    with pytest.raises(RefusedError, match="frozen"):
        set_levels(by=cast.lead, scale=scale, name="Changed", labels=["a", "b"])
    scale.refresh_from_db()
    assert (scale.name, sorted(scale.levels.values_list("value", "label"))) == ("How often", levels)


@pytest.mark.django_db
def test_a_translation_is_replaced_whole_and_only_by_who_builds_instruments(cast, other):
    instrument = make_instrument(cast)
    first, second = Item.objects.filter(section__instrument=instrument).order_by("pk")[:2]
    places = [f"item.{item.pk}.text" for item in (first, second)]
    for language in ("fr", "es"):
        translate(
            by=cast.lead, instrument=instrument, language=language, texts=dict.fromkeys(places, language)
        )
    translate(by=cast.lead, instrument=instrument, language="fr", texts={places[0]: " Neuf ", places[1]: " "})
    expected = {("fr", places[0], "Neuf"), ("es", places[0], "es"), ("es", places[1], "es")}
    for by in (cast.participant, cast.researcher, other.lead):
        with pytest.raises(PermissionDenied):
            translate(by=by, instrument=instrument, language="es", texts={places[0]: "Otra cosa"})
    assert set(instrument.wordings.values_list("language", "place", "text")) == expected
