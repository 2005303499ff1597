"""Norms, preparation, notes, logs, journals, visits and conversations."""

from __future__ import annotations

import datetime

import pytest
import time_machine

from coaching.journal_prompts import stage_of
from coaching.models import (
    CoachingSession,
    CoachingSettings,
    JournalEntry,
    LeadConversation,
    Promise,
    TrioSpace,
)
from coaching.norms import agreements
from coaching.services import conversations, journals, logs, notes, spaces, visits
from coaching.services.logs import HadTurn, Promised, Said
from coaching.talking import goals_of, open_promises
from coaching.trio_page import notes_for, share_chart
from cohorts.models import Trio, TrioSeat
from cohorts.services.errors import RefusedError
from growthplans.services.editing import Conflict, Saved
from tests.cast import join, make_leader, make_plan
from tests.coaching.meetings import at, make_entry, make_meeting, make_visit, seat

NOW = datetime.datetime(2026, 11, 26, 16, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def fresh(trio: Trio) -> Trio:
    return Trio.objects.get(pk=trio.pk)


def said(cast, outcome: str = "held", *, day: int = 19, **fields) -> Said:
    seats = [seat(cast, name) for name in ("participant", "mate", "third")]
    values = {"turns": [HadTurn(each.pk, 20) for each in seats]}
    return Said(outcome, at(day), at(day, 17), **{**values, **fields})


def who_agrees(cast) -> list[bool]:
    trio = fresh(cast.trio)
    return [each.agreed for each in agreements(trio, TrioSpace.objects.filter(trio=trio).first())]


def test_norms_are_agreed_by_each_and_asked_again_when_they_or_the_circle_change(cast):
    assert who_agrees(cast) == [False, False, False]
    space = spaces.write_norms(
        by=cast.participant, trio=cast.trio, norms=" Ask first \n\n On time", version=0
    )
    assert space.norm_list == ["Ask first", "On time"]
    spaces.agree(by=cast.mate, trio=cast.trio, version=1)
    assert who_agrees(cast) == [True, True, False]

    # The same words once more change nothing; other words ask the others again.
    assert (
        spaces.write_norms(by=cast.third, trio=cast.trio, norms="Ask first\nOn time", version=0).version == 1
    )
    assert who_agrees(cast) == [True, True, True]
    spaces.write_norms(by=cast.third, trio=cast.trio, norms="Ask first", version=1)
    assert who_agrees(cast) == [False, False, True]
    with pytest.raises(RefusedError, match="Read them once more"):
        spaces.agree(by=cast.mate, trio=cast.trio, version=1)
    with pytest.raises(spaces.StaleNormsError):
        spaces.write_norms(by=cast.mate, trio=cast.trio, norms="Mine", version=1)
    with pytest.raises(RefusedError, match="at least one"):
        spaces.write_norms(by=cast.mate, trio=cast.trio, norms=" \n", version=2)

    newcomer = join(cast.cohort, make_leader(cast.district, "new@willow-plains.example.ca", "New Comer"))
    TrioSeat.objects.create(trio=cast.trio, membership=newcomer, seated_on=NOW.date())
    assert who_agrees(cast) == [False, False, False, False]


def test_materials_are_links_or_sentences(cast):
    link = spaces.add_material(by=cast.mate, trio=cast.trio, title=" Sheet ", where="https://example.ca/x")
    place = spaces.add_material(by=cast.mate, trio=cast.trio, title="Binder", where="staff room")
    assert (link.title, link.url, place.url) == ("Sheet", "https://example.ca/x", "")

    spaces.remove_material(by=cast.participant, trio=cast.trio, material_id=link.pk)
    assert list(cast.trio.materials.all()) == [place]


def test_a_log_keeps_turns_goals_and_promises_and_can_be_corrected(cast):
    goal = make_plan(cast).goals.first()
    meeting = make_meeting(cast, starts_at=at(19), ends_at=at(19, 17))
    mine = seat(cast, "participant")
    promised = Promised(mine.pk, "visit two classes", datetime.date(2026, 12, 3))

    logs.log(
        by=cast.mate, meeting=meeting, said=said(cast, goals=[goal.pk], promises=[promised], place="Café")
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.place, meeting.logged_at) == ("held", "Café", NOW)
    assert sorted(meeting.turns.values_list("minutes", flat=True)) == [20, 20, 20]
    assert [each.what for each in open_promises(cast.trio)] == ["visit two classes"]

    logs.log(by=cast.third, meeting=meeting, said=said(cast, "not_held", why_not="snow", goals=[goal.pk]))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.why_not) == ("not_held", "snow")
    assert not meeting.turns.exists()
    assert not meeting.touched_goals.exists()
    assert meeting.promises.count() == 1


def test_what_a_log_refuses(cast):
    meeting = make_meeting(cast)
    mine = seat(cast, "participant")
    wrong = {
        "whether the meeting": said(cast, "cancelled"),
        "still to come": Said("held", at(27), at(27, 17)),
        "end after": Said("held", at(19), at(19)),
        "few words why": said(cast, "partly"),
        "does not sit": said(cast, turns=[HadTurn(0, 5)]),
        "Nobody coaches": said(cast, turns=[HadTurn(mine.pk, 5, mine.pk)]),
        "between nothing": said(cast, turns=[HadTurn(mine.pk, 999)]),
        "goals from the plans": said(cast, goals=[0]),
        "twelve at most": said(cast, promises=[Promised(mine.pk, "x")] * 13),
    }
    for words, each in wrong.items():
        with pytest.raises(RefusedError, match=words):
            logs.log(by=cast.participant, meeting=meeting, said=each)
    with pytest.raises(RefusedError, match="never settled"):
        logs.log(by=cast.participant, meeting=make_meeting(cast, state="proposed"), said=said(cast))


def test_not_held_in_advance_is_a_normal_answer(cast):
    meeting = make_meeting(cast)
    late = Said("not_held", meeting.starts_at, meeting.ends_at, why_not="flu")

    assert logs.log(by=cast.mate, meeting=meeting, said=late).state == "not_held"


def test_a_meeting_that_nobody_planned_is_logged(cast):
    talk = logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast))
    visit = logs.log_unplanned(
        by=cast.mate, trio=cast.trio, said=said(cast), kind="visit", host=seat(cast, "third")
    )
    assert [(each.state, each.kind, each.round_number) for each in (talk, visit)] == [
        ("held", "talk", 1),
        ("held", "visit", 2),
    ]
    with pytest.raises(RefusedError, match="who hosted"):
        logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast), kind="visit")


def test_whoever_left_keeps_her_turn_when_the_log_is_corrected(cast):
    meeting = logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast))
    TrioSeat.objects.filter(membership=cast.members["third"]).update(left_on=NOW.date())
    fresh_meeting = CoachingSession.objects.get(pk=meeting.pk)

    logs.log(by=cast.mate, meeting=fresh_meeting, said=said(cast))

    assert meeting.turns.count() == 3


def test_whoever_left_still_coached_when_the_log_is_corrected(cast):
    """She had no turn of her own that day, so only the turn of somebody else names her."""
    mine, gone = seat(cast, "mate"), seat(cast, "third")
    turns = [HadTurn(mine.pk, 40, gone.pk)]
    meeting = logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, turns=turns))
    TrioSeat.objects.filter(pk=gone.pk).update(left_on=NOW.date())
    fresh_meeting = CoachingSession.objects.get(pk=meeting.pk)

    logs.log(by=cast.mate, meeting=fresh_meeting, said=said(cast, turns=turns))

    assert list(meeting.turns.values_list("coached", "coach")) == [(mine.pk, gone.pk)]


def test_promises_are_settled_by_any_member_and_can_be_opened_again(cast):
    meeting = make_meeting(cast, state="held")
    promise = Promise.objects.create(
        trio=cast.trio, coaching_session=meeting, seat=seat(cast, "mate"), what="call"
    )
    assert logs.settle_promise(by=cast.third, promise=promise, state="kept").state == "kept"
    assert not Promise.objects.all().open().exists()
    assert logs.settle_promise(by=cast.third, promise=promise, state="open").state == "open"
    with pytest.raises(RefusedError):
        logs.settle_promise(by=cast.third, promise=promise, state="broken")
    with pytest.raises(RefusedError):
        logs.settle_promise(by=cast.bystander, promise=promise, state="kept")


def test_after_every_third_round_one_conversation_is_offered(cast):
    meetings = [
        logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, day=day)) for day in (3, 10, 17)
    ]
    assert LeadConversation.objects.count() == 3
    assert set(LeadConversation.objects.values_list("after_round", flat=True)) == {3}

    # Editing a log, or taking one back and setting it again, offers nothing more.
    logs.log(by=cast.mate, meeting=meetings[2], said=said(cast, "not_held", day=17))
    logs.log(by=cast.mate, meeting=meetings[2], said=said(cast, day=17))
    logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, day=18))
    assert LeadConversation.objects.count() == 3

    CoachingSettings.objects.create(program_year=cast.year, conversation_after_rounds=5)
    logs.log_unplanned(by=cast.mate, trio=fresh(cast.trio), said=said(cast, day=19))
    assert LeadConversation.objects.filter(after_round=5).count() == 3


def test_a_conversation_is_taken_or_left_by_its_person_and_held_by_a_lead(cast):
    make_entry(cast, make_meeting(cast, state="held"))
    released = make_entry(
        cast, make_meeting(cast, state="held", number=2), released_for_conversation_at=at(20)
    )
    offer = LeadConversation.objects.create(
        membership=cast.members["participant"], program_year=cast.year, after_round=3, offered_at=at(20)
    )
    assert conversations.packet_of(offer) == [released]
    assert conversations.respond(by=cast.participant, conversation=offer, wanted=False).state == "declined"
    assert conversations.respond(by=cast.participant, conversation=offer, wanted=True).state == "wanted"
    assert LeadConversation.objects.all().waiting().get() == offer
    with pytest.raises(RefusedError, match="somebody else"):
        conversations.respond(by=cast.lead, conversation=offer, wanted=True)
    with pytest.raises(RefusedError, match="program lead"):
        conversations.hold(by=cast.manager, conversation=offer, held_on=NOW.date())

    assert conversations.hold(by=cast.lead, conversation=offer, held_on=NOW.date()).state == "held"
    with pytest.raises(RefusedError, match="held already"):
        conversations.respond(by=cast.participant, conversation=offer, wanted=False)


def test_notes_are_saved_with_a_version_and_never_overwrite_newer_ones(cast):
    meeting = make_meeting(cast)
    values = {"meeting": meeting, "field": "notes"}

    assert notes.save_note(by=cast.participant, text="one\r\ntwo", version=1, **values).version == 2
    assert notes.save_note(by=cast.mate, text="other", version=1, **values) == Conflict(
        version=2, current={"notes": "one\ntwo"}
    )
    # The second try of a save whose answer got lost.
    assert notes.save_note(by=cast.participant, text="one\ntwo", version=1, **values) == Saved(2, NOW)
    with pytest.raises(RefusedError, match="no such box"):
        notes.save_note(by=cast.mate, meeting=meeting, field="state", text="x", version=2)
    with pytest.raises(RefusedError, match="longer"):
        notes.save_note(by=cast.mate, text="x" * 50_001, version=2, **values)


def test_only_the_host_says_what_to_look_for(cast):
    visit = make_meeting(cast, kind="visit")

    assert (
        notes.save_note(by=cast.mate, meeting=visit, field="look_fors", text="talk", version=1).version == 2
    )
    with pytest.raises(RefusedError, match="host of the visit"):
        notes.save_note(by=cast.participant, meeting=visit, field="look_fors", text="x", version=2)


def test_each_brings_goals_of_her_own_shared_plan(cast):
    goal = make_plan(cast).goals.first()
    meeting = make_meeting(cast)

    found = notes.prepare(by=cast.participant, meeting=meeting, question=" How? ", goals=[goal.pk])
    again = notes.prepare(by=cast.participant, meeting=meeting, question="Why?", goals=[])
    assert (found.pk, again.question, list(again.goals.all())) == (again.pk, "Why?", [])
    with pytest.raises(RefusedError, match="own shared plan"):
        notes.prepare(by=cast.mate, meeting=meeting, question="", goals=[goal.pk])
    assert goal in goals_of(cast.trio)


def test_a_visit_is_arranged_and_observed(cast):
    visit = make_meeting(cast, kind="visit")
    visits.arrange(by=cast.third, meeting=visit, blocks=[visits.Block("Walk", 45), visits.Block(" ", 5)])
    assert [(each.title, each.minutes) for each in visit.blocks.all()] == [("Walk", 45)]
    for wrong in ([], [visits.Block("x", 0)], [visits.Block("x", 1)] * 9):
        with pytest.raises(RefusedError):
            visits.arrange(by=cast.third, meeting=visit, blocks=wrong)
    with pytest.raises(RefusedError, match="Only a site visit"):
        visits.arrange(by=cast.third, meeting=make_meeting(cast, number=3), blocks=[visits.Block("x", 5)])

    words = {"claim": "They ask", "evidence": "Six questions", "meaning": "I will"}
    mine = visits.observe(by=cast.participant, meeting=visit, **words)
    with pytest.raises(RefusedError, match="Guests"):
        visits.observe(by=cast.mate, meeting=visit, **words)
    with pytest.raises(RefusedError, match="what you noticed"):
        visits.observe(by=cast.third, meeting=visit, **{**words, "evidence": " "})
    assert visits.observations_for(cast.mate, visit) == [mine]
    assert visits.observations_for(cast.participant, visit) == [mine]
    assert visits.observations_for(cast.third, visit) == []


WORDS = {"words": {"text": "t"}, "received_kinds": ["emotional"], "given_kinds": [], "manner": "asked"}


def test_a_journal_is_written_replaced_released_and_closed(cast):
    meeting = make_meeting(cast, state="held")
    entry = journals.write(by=cast.participant, meeting=meeting, **WORDS)
    assert (entry.text, entry.received_kinds, entry.manner, entry.stage) == (
        "t",
        "emotional",
        "asked",
        "start",
    )
    again = journals.write(by=cast.participant, meeting=meeting, **{**WORDS, "words": {"text": "u"}})
    assert (again.pk, again.text) == (entry.pk, "u")

    assert not JournalEntry.objects.released_to_trio_of(cast.mate).exists()
    journals.release(by=cast.participant, entry=entry, to="trio", released=True)
    assert JournalEntry.objects.released_to_trio_of(cast.mate).get() == entry
    assert not JournalEntry.objects.released_to_trio_of(cast.lead).exists()
    journals.release(by=cast.participant, entry=entry, to="trio", released=False)
    assert not JournalEntry.objects.released_to_trio_of(cast.mate).exists()
    for by, to in ((cast.mate, "trio"), (cast.lead, "conversation"), (cast.participant, "everybody")):
        with pytest.raises(RefusedError):
            journals.release(by=by, entry=entry, to=to, released=True)


def test_a_journal_is_skipped_once_and_words_outlive_a_skip(cast):
    meeting = make_meeting(cast, state="held")
    skipped = journals.skip(by=cast.participant, meeting=meeting)
    assert skipped.skipped_at == NOW
    assert not JournalEntry.objects.all().written().exists()

    journals.write(by=cast.participant, meeting=meeting, **WORDS)
    assert journals.skip(by=cast.participant, meeting=meeting).skipped_at is None


def test_what_a_journal_refuses(cast):
    meeting = make_meeting(cast, state="held")
    for wrong in (
        {**WORDS, "received_kinds": ["magic"]},
        {**WORDS, "manner": "shouted"},
        {"words": {"text": " "}, "received_kinds": [], "given_kinds": [], "manner": ""},
    ):
        with pytest.raises(RefusedError):
            journals.write(by=cast.participant, meeting=meeting, **wrong)
    with pytest.raises(RefusedError, match="took place"):
        journals.write(by=cast.participant, meeting=make_meeting(cast, number=2), **WORDS)


@pytest.mark.parametrize(
    ("day", "rounds", "stage"),
    [
        (datetime.date(2026, 11, 30), 1, "start"),
        (datetime.date(2026, 11, 14), 2, "early"),
        (datetime.date(2026, 11, 15), 2, "middle"),
        (datetime.date(2027, 2, 15), 5, "late"),
    ],
)
def test_prompts_follow_the_stage_of_the_year(day, rounds, stage):
    assert stage_of(datetime.date(2026, 8, 15), day, rounds) == stage


def test_kind_notes_are_for_the_trio_and_follow_the_cohort_s_thresholds(cast):
    assert notes_for(cast.trio) == []
    assert share_chart(cast.trio) is None
    seats = [seat(cast, name) for name in ("participant", "mate", "third")]
    uneven = [HadTurn(seats[0].pk, 40), HadTurn(seats[1].pk, 15), HadTurn(seats[2].pk, 5)]
    for day in (3, 10):
        logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, day=day, turns=uneven))
    assert "10" in str(share_chart(fresh(cast.trio)).rows[2])
    sentences = [note.sentence for note in notes_for(fresh(cast.trio))]
    assert len(sentences) == 1
    assert sentences[0].startswith("Third had less than 25 %")

    for day in (17, 24):
        logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, "not_held", day=day))
    found = notes_for(fresh(cast.trio))
    assert [note.action for note in found] == ["", "propose"]

    CoachingSettings.objects.create(program_year=cast.year, quiet_share_percent=5, missed_in_a_row=3)
    assert notes_for(fresh(cast.trio)) == []


def test_kind_notes_after_a_single_round_speak_in_the_singular(cast):
    values = {"quiet_rounds": 1, "missed_in_a_row": 1, "untouched_goal_rounds": 1}
    CoachingSettings.objects.create(program_year=cast.year, **values)
    make_plan(cast)
    uneven = [HadTurn(seat(cast, "participant").pk, 40), HadTurn(seat(cast, "mate").pk, 20)]
    logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, day=19, turns=uneven))
    logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, "not_held", day=24))

    words = " ".join(note.sentence for note in notes_for(fresh(cast.trio)))

    assert "of the time in the last round. Perhaps" in words
    assert "The last appointment did not come about." in words
    assert "1 rounds" not in words and "1 appointments" not in words


def test_a_goal_that_nobody_talked_about_for_three_rounds(cast):
    plan = make_plan(cast)
    first, second = plan.goals.all()
    for day in (3, 10, 17):
        logs.log_unplanned(by=cast.mate, trio=cast.trio, said=said(cast, day=day, goals=[first.pk]))

    sentences = [note.sentence for note in notes_for(fresh(cast.trio))]
    assert len(sentences) == 1
    assert second.statement in sentences[0]


def test_make_visit_reads_back(cast):
    """The builder's words come back through the seal."""
    assert CoachingSession.objects.get(pk=make_visit(cast).pk).look_fors == "SECRET look"
