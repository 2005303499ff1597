"""Wishes: said by their author alone, kept by the solver, told to nobody by anything that is shown."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection

from coaching.matching import Pins
from coaching.matching.moving import places
from coaching.matching.plain import person_from, rules_from
from coaching.models import TrioProposal, TrioWishes
from coaching.participants import rules_of
from coaching.services.trio_proposal_moves import groups_of, move_person
from coaching.services.trio_proposal_publishing import obstacles, publish_proposal
from coaching.services.trio_proposals import form_proposal, repair_trios
from coaching.services.trio_wishes import possible_people, say_wishes, unkept, wishes_of
from leaderdev.common.models import OutgoingMail
from leaderdev.common.refusals import RefusedError
from tests.cast import join, make_leader, make_school
from tests.coaching.forming import choose, crowd, formed, leave, seats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_year(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC), tick=False)


def wish(cast, member, *, apart=(), partners=(), context=""):
    return say_wishes(
        by=member.leader.user,
        membership=member,
        year=cast.year,
        apart=[one.pk for one in apart],
        partners=[one.pk for one in partners],
        context=context,
    )


def test_a_wish_is_said_changed_and_withdrawn(cast):
    one, two, three, *_ = crowd(cast, 6)
    wish(cast, one, apart=[two], partners=[three], context="different")
    row = wishes_of(membership=one, year=cast.year)
    assert (row.apart, row.partners, row.context) == ([two.pk], [three.pk], "different")
    wish(cast, one)
    row = wishes_of(membership=one, year=cast.year)
    assert (row.apart, row.partners, row.context) == ([], [], "")
    assert TrioWishes.objects.count() == 1


def test_wishes_have_limits_and_an_author(cast, other):
    members = crowd(cast, 9)
    one, two = members[:2]
    foreign = other.members["participant"]
    for values, words in (
        ({"apart": [foreign]}, "who take part"),
        ({"apart": [one]}, "who take part"),
        ({"apart": [two], "partners": [two]}, "both lists"),
        ({"partners": members[1:5]}, "at most 3"),
        ({"apart": members[1:5]}, "at most 3"),
        ({"context": "nearby"}, "kinds of school"),
    ):
        with pytest.raises(RefusedError, match=words):
            wish(cast, one, **values)
    for user in (cast.lead, two.leader.user, cast.operator):
        with pytest.raises(RefusedError, match="her own wishes"):
            say_wishes(by=user, membership=one, year=cast.year, partners=[], apart=[], context="")
    assert one not in possible_people(one, cast.year)
    assert not TrioWishes.objects.exists()


def test_the_database_holds_no_name_and_no_sign_of_who_wishes(cast):
    one, two, three, *_ = crowd(cast, 4)
    wish(cast, one, apart=[two])
    wish(cast, three, partners=[two])
    with connection.cursor() as cursor:
        cursor.execute("SELECT apart_sealed, partners_sealed FROM coaching_triowishes")
        rows = cursor.fetchall()
    assert all(apart and str(two.pk) not in apart.split() for apart, _ in rows)
    assert all(apart.strip() not in ("[]", "") for apart, _ in rows), "an empty list is sealed too"


def test_the_solver_keeps_a_confidential_wish(cast):
    members = crowd(cast, 12)
    one = members[0]
    before = formed(cast)
    mates = next(g["members"] for g in before.groups if str(one.pk) in g["members"])
    unwanted = [m for m in members if str(m.pk) in mates and m != one][:2]
    wish(cast, one, apart=unwanted)
    after = formed(cast)
    mates = next(g["members"] for g in after.groups if str(one.pk) in g["members"])
    assert not {str(m.pk) for m in unwanted} & set(mates)


def test_partner_wishes_count_and_context_wishes_count(cast):
    one, two, *_ = crowd(cast, 6)
    wish(cast, one, partners=[two])
    proposal = formed(cast)
    assert [row["wishes"] for row in proposal.people if row["id"] == str(one.pk)] == [[str(two.pk)]]
    priorities = ["wishes", *[p for p in proposal.rules["priorities"] if p != "wishes"]]
    again = formed(cast, rules=rules_from({**proposal.rules, "priorities": priorities}))
    assert any({str(one.pk), str(two.pk)} <= set(group["members"]) for group in again.groups)


def stored_words(proposal: TrioProposal) -> str:
    proposal.refresh_from_db()
    fields = ("rules", "groups", "unplaced", "before", "notes", "contradiction", "history", "snapshot")
    return str([getattr(proposal, field) for field in fields])


def test_no_stored_proposal_tells_whether_somebody_has_such_a_wish(cast):
    """With a wish that changes nothing of the outcome, nothing at all of the row differs."""
    members = crowd(cast, 9)
    plain = formed(cast)
    seat = {name: n for n, group in enumerate(plain.groups) for name in group["members"]}
    one = members[0]
    far = next(m for m in members if seat[str(m.pk)] != seat[str(one.pk)])
    wish(cast, one, apart=[far])
    wished = formed(cast)
    assert stored_words(plain) == stored_words(wished)
    assert "not_with" not in stored_words(wished)


def test_hand_moves_offer_and_allow_the_same_places_with_and_without_a_wish(cast):
    members = crowd(cast, 9)
    one = members[0]

    def offered(proposal):
        people = [person_from(row) for row in proposal.people]
        return places(people, rules_from(proposal.rules), groups_of(proposal), [], str(one.pk))

    plain = formed(cast)
    seat = {name: n for n, group in enumerate(plain.groups) for name in group["members"]}
    far = next(m for m in members if seat[str(m.pk)] != seat[str(one.pk)])
    wish(cast, one, apart=[far])
    wished = formed(cast)
    assert offered(plain) == offered(wished)
    moved = move_person(by=cast.lead, proposal=wished, person=str(one.pk), group=seat[str(far.pk)])
    assert {str(one.pk), str(far.pk)} <= set(moved.groups[seat[str(far.pk)]]["members"])
    assert obstacles(moved, cast.year) == [], "publishing asks only what everybody may know"
    publish_proposal(by=cast.lead, proposal=moved)
    letters = list(OutgoingMail.objects.values_list("subject", "body_text"))
    assert not [text for text in letters if "wish" in str(text).casefold()]
    assert unkept(one, cast.year, wishes_of(membership=one, year=cast.year)) == [far], "for the author alone"


def test_a_pin_goes_before_a_wish_and_says_nothing(cast):
    one, two, three, *_ = crowd(cast, 7)
    wish(cast, one, apart=[two])
    for pins in (
        Pins(together=((str(one.pk), str(two.pk)),)),
        Pins(together=((str(one.pk), str(three.pk)), (str(three.pk), str(two.pk)))),
        Pins(trios=((str(one.pk), str(two.pk), str(three.pk)),)),
    ):
        proposal = formed(cast, rules=rules_of(cast.year, pins=pins))
        assert (proposal.state, proposal.contradiction) == ("ready", [])
        assert any({str(one.pk), str(two.pk)} <= set(group["members"]) for group in proposal.groups)


def test_pins_that_a_wish_leaves_no_way_around_name_no_wish(cast):
    one, two, three, four = crowd(cast, 4)
    wish(cast, one, apart=[three, four])
    wish(cast, two, apart=[four])
    pins = Pins(together=((str(one.pk), str(two.pk)),))
    proposal = formed(cast, rules=rules_of(cast.year, pins=pins))
    assert (proposal.state, proposal.contradiction) == ("ready", [])


def test_a_wish_after_publishing_does_not_part_a_trio_in_a_repair(cast):
    """The repair would show two people parted for no visible reason: as good as saying it aloud."""
    members = crowd(cast, 9)
    publish_proposal(by=cast.lead, proposal=formed(cast))
    old = seats(cast)
    number, trio = next(iter(old.items()))
    one, two, *_ = sorted(trio)
    first, second = (next(m for m in members if m.pk == pk) for pk in (one, two))
    wish(cast, first, apart=[second])
    leave(next(m for m in members if m.pk not in trio))
    proposal = repair_trios(by=cast.lead, year=cast.year)
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    assert any({str(one), str(two)} <= set(group["members"]) for group in proposal.groups)
    assert number


def test_a_repair_keeps_newcomers_from_people_they_ask_not_to_sit_with(cast):
    members = crowd(cast, 9)
    publish_proposal(by=cast.lead, proposal=formed(cast))
    newcomer = crowd_more(cast)
    wish(cast, newcomer, apart=members[:3])
    proposal = repair_trios(by=cast.lead, year=cast.year)
    assert form_proposal(pk=proposal.pk)
    proposal.refresh_from_db()
    mates = next(g["members"] for g in proposal.groups if str(newcomer.pk) in g["members"])
    assert not {str(m.pk) for m in members[:3]} & set(mates)


def crowd_more(cast):
    leader = make_leader(cast.district, "later@example.ca", school=make_school(cast.district, "L1"))
    member = join(cast.cohort, leader)
    choose(cast, member)
    return member
