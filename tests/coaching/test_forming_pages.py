"""The pages of forming trios as the lead uses them: rules, proposal, moves, comparing, publishing, repair."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coaching.forms.forming import plain
from coaching.matching import Pins
from coaching.models import TravelMinutes, TrioProposal, TrioWishes
from coaching.participants import rules_of
from coaching.services.trio_proposal_moves import pin_trio
from coaching.services.trio_proposal_publishing import publish_proposal
from coaching.services.trio_proposals import copy_proposal, form_proposal, propose_trios
from coaching.services.trio_wishes import say_wishes
from cohorts.models import CompetencySelection, TrioSeat
from tests.coaching.forming import choose, crowd, formed, leave, seats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_year(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 2, 18, tzinfo=datetime.UTC))


@pytest.fixture
def lead(cast) -> Client:
    client = Client()
    client.force_login(cast.lead, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, cast, *more) -> str:
    return reverse(f"coaching:{name}", args=[cast.cohort.slug, cast.year.slug, *more])


def page_of(client: Client, url: str, **query) -> str:
    """The words of a page, without its tags."""
    answer = client.get(url, query)
    assert answer.status_code == 200
    return words_of(answer)


def words_of(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def rules(**given) -> dict:
    order = ["schools", "travel", "mix", "wishes", "context", "times", "last_year"]
    return {"order": order, "use": order, "time_limit": "10"} | given


class TestRules:
    def test_the_order_and_the_pins_go_from_one_press_to_the_next(self, cast, lead):
        one, two, three = crowd(cast, 3)
        url = address("forming_rules", cast)
        answer = lead.post(url, rules(up="travel"))
        assert [row["name"] for row in answer.context["priorities"]][:2] == ["travel", "schools"]
        assert answer.context["priorities"][0]["focus"] == "down", "at the top only the way down is left"
        answer = lead.post(url, rules(down="times"))
        assert answer.context["priorities"][-1]["focus"] == "up"
        answer = lead.post(url, rules(add="1", how="apart", first=str(one.pk), second=str(two.pk)))
        assert [pin["words"] for pin in answer.context["pins"]] == ["Apart: Former 00, Former 01"]
        kept = answer.context["pins"][0]["value"]
        trio = "-".join(str(member.pk) for member in (one, two, three))
        answer = lead.post(url, rules(apart=kept, trio=trio, drop=f"apart:{kept}"))
        assert [pin["kind"] for pin in answer.context["pins"]] == ["trio"]
        assert "Stay as they are: Former 00, Former 01, Former 02" in words_of(answer)
        assert not TrioProposal.objects.exists(), "only the last button forms"

    def test_the_last_button_orders_a_proposal_with_what_stands_on_the_page(self, cast, lead):
        one, two, *_ = crowd(cast, 6)
        pair = f"{one.pk}-{two.pk}"
        answer = lead.post(
            address("forming_rules", cast),
            rules(use=["mix", "travel"], apart=pair, pairs_allowed="on", keep_last_trios="on"),
        )
        made = TrioProposal.objects.get()
        assert answer["Location"] == address("proposal", cast, made.number)
        assert made.rules["priorities"] == ["travel", "mix"]
        assert made.rules["apart"] == [sorted([str(one.pk), str(two.pk)])]
        assert (made.rules["pairs_allowed"], made.rules["keep_last_trios"]) == (True, True)
        assert (made.rules["time_limit"], made.made_by) == (10.0, cast.lead)

    def test_an_earlier_proposal_is_where_changed_rules_begin(self, cast, lead):
        one, two, *_ = crowd(cast, 6)
        pins = Pins(together=((str(one.pk), str(two.pk)),))
        first = formed(cast, rules=rules_of(cast.year, pins=pins, pairs_allowed=True))
        url = address("forming_rules", cast)
        page = lead.get(url, {"from": first.number})
        assert page.context["form"].initial["pairs_allowed"]
        assert [pin["words"] for pin in page.context["pins"]] == ["Together: Former 00, Former 01"]
        lead.post(url, rules(**{"from": str(first.number)}))
        assert TrioProposal.objects.get(number=2).based_on == first
        assert lead.get(url, {"from": "99"}).status_code == 404
        assert lead.get(url, {"from": "x"}).context["source"] is None

    def test_a_refusal_keeps_what_was_chosen(self, cast, lead):
        answer = lead.post(address("forming_rules", cast), rules(use=["mix"], pairs_allowed="on"))
        assert "Nobody is ready to be seated." in words_of(answer)
        assert [row["name"] for row in answer.context["priorities"] if row["used"]] == ["mix"]

    def test_an_unknown_time_limit_is_a_sentence(self, cast, lead):
        crowd(cast, 3)
        answer = lead.post(address("forming_rules", cast), rules(time_limit="99999"))
        assert answer.context["form"].errors["time_limit"]
        assert not TrioProposal.objects.exists()


class TestProposal:
    def test_while_it_is_formed_the_page_says_how_far_it_is(self, cast, lead):
        crowd(cast, 3)
        made = propose_trios(by=cast.lead, year=cast.year)
        url = address("proposal", cast, made.number)
        assert "The trios are being formed." in page_of(lead, url)
        lead.post(address("proposal_step", cast, made.number), {"action": "stop"})
        assert "It stops at the next moment and keeps the best so far." in page_of(lead, url)
        assert form_proposal(pk=made.pk)
        assert "stopped early" in page_of(lead, url)

    def test_every_trio_and_everyone_without_a_seat_has_reasons(self, cast, lead):
        members = crowd(cast, 7, competencies=2)
        say_wishes(
            by=members[0].leader.user, membership=members[0], year=cast.year,
            partners=[members[2].pk], apart=[], context="",
        )  # fmt: skip
        alone = cast.members["participant"]
        choose(cast, alone, 2)
        made = formed(cast)
        text = page_of(lead, address("proposal", cast, made.number))
        assert "Best possible: proven" in text
        assert "wishes for a partner met 1 of 1" in text
        assert "Three different schools." in text
        assert "Four seats, because 4 people do not divide into threes." in text
        assert "The one wish for a partner in this group is met." in text
        assert "Your wish" not in text, "whose wish it was is nobody else's business"
        assert "Too few for a trio." in text
        assert "Nobody else chose this focus." in text

    def test_a_school_without_a_place_is_missing_from_the_map_and_that_is_said(self, cast, lead):
        members = crowd(cast, 6)
        for member in members[:2]:
            school = member.leader.appointments.get().school
            school.latitude = school.longitude = None
            school.save()
        assert "2 people’s schools have no place on the map" in page_of(
            lead, address("proposal", cast, formed(cast).number)
        )
        for member in members[2:]:
            school = member.leader.appointments.get().school
            school.latitude = school.longitude = None
            school.save()
        text = page_of(lead, address("proposal", cast, formed(cast).number))
        assert "Travel time is left out: no school has a place on the map." in text
        assert "Schools of the trios of" not in text, "a map without places is none"

    def test_rules_that_contradict_each_other_are_named_with_a_way_out(self, cast, lead):
        one, two, three, *_ = crowd(cast, 6)
        ids = [str(member.pk) for member in (one, two, three)]
        pins = Pins(trios=(tuple(ids),), apart=((ids[0], ids[1]),))
        made = formed(cast, rules=rules_of(cast.year, pins=pins))
        text = page_of(lead, address("proposal", cast, made.number))
        assert "These rules cannot all hold" in text
        assert "Pinned apart: Former 00, Former 01." in text

    def test_small_buttons_change_the_proposal_and_come_back_to_the_trio(self, cast, lead):
        crowd(cast, 6)
        made = formed(cast)
        step, url = address("proposal_step", cast, made.number), address("proposal", cast, made.number)
        assert lead.get(step).status_code == 405
        assert lead.post(step, {"action": "pin", "trio": "1"})["Location"] == f"{url}#trio-1"
        made.refresh_from_db()
        assert made.groups[1]["pinned"]
        lead.post(step, {"action": "let_go", "trio": "1"})
        assert lead.post(step, {"action": "pin", "trio": "x"})["Location"] == url
        assert "This trio is not part of the proposal any more." in page_of(lead, url)
        lead.post(step, {"action": "undo"})
        assert "Taken back:" in page_of(lead, url)
        answer = lead.post(step, {"action": "copy"})
        assert answer["Location"] == address("proposal", cast, 2)
        assert lead.post(step, {"action": "aside"})["Location"] == address("forming", cast)
        assert "One proposal is put aside" in page_of(lead, address("forming", cast))
        lead.post(step, {"action": "back"})
        assert "put aside" not in page_of(lead, address("forming", cast))


class TestMoves:
    def test_every_place_says_what_it_changes_and_the_page_goes_to_the_new_seat(self, cast, lead):
        crowd(cast, 7)
        made = formed(cast)
        person = made.groups[0]["members"][0]
        url = address("proposal_move", cast, made.number, person)
        text = page_of(lead, url)
        assert "Join trio 2" in text
        assert "Leave without a seat" in text
        answer = lead.post(url, {"place": "-1:"})
        assert answer["Location"].endswith("#without-a-seat")
        text = page_of(lead, url)
        assert "Has no seat now." in text
        answer = lead.post(url, {"place": "0:"})
        assert answer["Location"].endswith("#trio-0")
        assert "Changed by hand 2 times" in page_of(lead, address("proposal", cast, made.number))

    def test_counts_that_no_longer_have_a_bound_say_so(self, cast, lead):
        crowd(cast, 9)
        made = formed(cast)
        page = lead.get(address("proposal", cast, made.number))
        assert {row["best"] for row in page.context["page"].counts} == {"proven"}
        TrioProposal.objects.filter(pk=made.pk).update(
            standings=[{**one, "bound": one["bound"] - 1, "value": one["value"]} for one in made.standings]
        )
        counts = lead.get(address("proposal", cast, made.number)).context["page"].counts
        assert counts[0]["best"] == f"{made.standings[0]['bound'] - 1} or more"
        TrioProposal.objects.filter(pk=made.pk).update(standings=made.standings)
        person, others = made.groups[0]["members"][0], made.groups[1]["members"]
        for other in others:
            lead.post(address("proposal_move", cast, made.number, person), {"place": f"1:{other}"})
            counts = lead.get(address("proposal", cast, made.number)).context["page"].counts
            worse = [row for row in counts if row["best"] == "not known after moves by hand"]
            if worse:
                break
            lead.post(address("proposal_step", cast, made.number), {"action": "undo"})
        assert worse == counts[-len(worse) :], (
            "the bounds after the first change are unknown, those before stand"
        )

    @pytest.mark.parametrize("place", ["", "x:", "-:1", "7:", "0:9999", "-9:"])
    def test_a_place_that_is_not_offered_is_refused(self, cast, lead, place):
        crowd(cast, 6)
        made = formed(cast)
        url = address("proposal_move", cast, made.number, made.groups[0]["members"][0])
        answer = lead.post(url, {"place": place})
        assert answer.status_code == 409
        assert "This place is no longer open to this person." in words_of(answer)

    def test_two_without_a_seat_can_sit_together_and_a_stranger_has_no_page(self, cast, lead):
        crowd(cast, 5)
        made = formed(cast)
        alone = made.unplaced[0]
        mate = made.groups[0]["members"][0]
        lead.post(address("proposal_move", cast, made.number, mate), {"place": "-1:"})
        url = address("proposal_move", cast, made.number, alone)
        assert "Sit with Former" in page_of(lead, url)
        lead.post(url, {"place": f"-1:{mate}"})
        made.refresh_from_db()
        assert sorted([alone, mate]) in [group["members"] for group in made.groups]
        assert made.unplaced == []
        assert "A pair stays behind." in page_of(
            lead, address("proposal_move", cast, made.number, made.groups[0]["members"][0])
        )
        assert lead.get(address("proposal_move", cast, made.number, 999_999)).status_code == 404

    def test_people_of_a_pinned_trio_stay_where_they_are(self, cast, lead):
        crowd(cast, 6)
        made = formed(cast)
        pin_trio(by=cast.lead, proposal=made, number=0, pinned=True)
        url = address("proposal_move", cast, made.number, made.groups[0]["members"][0])
        assert "This trio is pinned." in page_of(lead, url)


class TestComparing:
    def test_nothing_to_compare_says_how_to_get_there(self, cast, lead):
        crowd(cast, 6)
        formed(cast)
        assert "There is nothing to compare yet" in page_of(lead, address("forming_compare", cast))

    def test_two_proposals_stand_side_by_side_with_the_better_value_marked(self, cast, lead):
        crowd(cast, 7)
        first = formed(cast)
        other = formed(cast, rules=rules_of(cast.year, priorities=rules_of(cast.year).priorities[:2]))
        person = other.groups[0]["members"][0]
        lead.post(address("proposal_move", cast, other.number, person), {"place": "-1:"})
        choose(cast, cast.members["participant"])
        third = formed(cast)
        url = address("forming_compare", cast)
        rows = lead.get(url, {"one": first.number, "other": other.number}).context["result"]
        by_label = {row["label"]: row for row in rows["rows"]}
        assert by_label["People seated"]["better"] == "one"
        mix = next(row for label, row in by_label.items() if label.startswith("Mixed roles"))
        assert (mix["other"], mix["better"]) == ("left out", "")
        moved = next(row for row in rows["people"] if row["other"] == "without a seat")
        assert moved["one"].count("Former") >= 2
        people = lead.get(url, {"one": first.number, "other": third.number}).context["result"]["people"]
        newcomer = next(row for row in people if row["name"] == "Participant Person")
        assert newcomer["one"] == "not in it"
        assert lead.get(url).context["result"]["other"] == third, (
            "the newest two, unless others are asked for"
        )
        assert lead.get(url, {"one": "99", "other": "x"}).context["result"] is None

    def test_the_same_trios_are_said_to_be_the_same(self, cast, lead):
        crowd(cast, 6)
        copy_proposal(by=cast.lead, proposal=formed(cast))
        assert "Nobody: the trios are the same." in page_of(lead, address("forming_compare", cast))


class TestPublishing:
    def test_the_page_says_what_will_happen_and_publishes_once(self, cast, lead):
        crowd(cast, 6)
        made = formed(cast)
        url = address("proposal_publish", cast, made.number)
        page_of(lead, url)
        assert not TrioSeat.objects.filter(program_year=cast.year).exists(), "reading publishes nothing"
        assert lead.post(url)["Location"] == address("proposal", cast, made.number)
        assert sorted(map(len, seats(cast).values())) == [3, 3]
        answer = lead.post(url)
        assert answer.status_code == 409
        assert "published already" in words_of(answer)

    def test_what_has_changed_meanwhile_is_in_the_way(self, cast, lead):
        members = crowd(cast, 6)
        made = formed(cast)
        leave(members[0])
        assert "Something has changed since this was formed" in page_of(
            lead, address("proposal", cast, made.number)
        )
        assert lead.post(address("proposal_publish", cast, made.number)).status_code == 409
        assert not TrioSeat.objects.filter(program_year=cast.year).exists()


class TestRepair:
    def test_leavers_and_people_with_another_focus_are_named_and_the_repair_is_before_and_after(
        self, cast, lead
    ):
        members = crowd(cast, 13)
        publish_proposal(by=cast.lead, proposal=formed(cast))
        assert "Everybody who is ready sits in a trio." in page_of(lead, address("forming", cast))
        four = next(group for group in seats(cast).values() if len(group) == 4)
        gone = next(member for member in members if member.pk in four)
        leave(gone)
        text = page_of(lead, address("forming_repair", cast))
        assert f"{gone.leader} of trio" in text
        answer = lead.post(address("forming_repair", cast))
        made = TrioProposal.objects.get(kind="repair")
        assert answer["Location"] == address("proposal", cast, made.number)
        assert form_proposal(pk=made.pk)
        text = page_of(lead, address("proposal", cast, made.number))
        assert "With the fewest people moved: best possible: proven" in text
        assert "3 trios stay as they are." in text
        assert "Nobody changes trio who does not have to." in text
        assert str(gone.leader) in text, "who left stands in the before"

    def test_a_trio_that_ends_and_one_that_begins_are_told_apart(self, cast, lead):
        members = crowd(cast, 6)
        publish_proposal(by=cast.lead, proposal=formed(cast))
        one, _other = seats(cast).values()
        for member in members:
            if member.pk in one:
                leave(member)
        for name in ("participant", "mate", "third"):
            choose(cast, cast.members[name], 1)
        lead.post(address("forming_repair", cast))
        made = TrioProposal.objects.get(kind="repair")
        assert form_proposal(pk=made.pk)
        text = page_of(lead, address("proposal", cast, made.number))
        assert "New trio" in text
        assert "(ends)" in " ".join(text.replace("( ", "(").replace(" )", ")").split())
        assert "One trio stays as it is." in text
        assert "One trio of now ends." in page_of(lead, address("proposal_publish", cast, made.number))

    def test_a_changed_focus_is_told_and_a_pinned_trio_is_kept(self, cast, lead):
        members = crowd(cast, 9)
        publish_proposal(by=cast.lead, proposal=formed(cast))
        changed = members[0]
        CompetencySelection.objects.filter(membership=changed).update(
            competency=cast.standard.nodes.competencies()[1]
        )
        assert "works on another competency now" in page_of(lead, address("forming_repair", cast))
        held = TrioSeat.objects.exclude(trio__seats__membership=changed).first().trio
        lead.post(address("forming_repair", cast), {"pinned": [str(held.pk)]})
        made = TrioProposal.objects.get(kind="repair")
        assert [group["trio"] for group in made.before if group["pinned"]] == [held.pk]
        assert lead.post(address("forming_repair", cast), {"pinned": ["x"]}).context["form"].errors

    def test_a_year_without_trios_has_nothing_to_repair(self, cast, lead):
        crowd(cast, 3)
        answer = lead.post(address("forming_repair", cast))
        assert "This year has no trios yet." in words_of(answer)


class TestWays:
    def test_a_table_is_stored_shown_and_erased(self, cast, lead):
        crowd(cast, 3)
        url = address("forming_travel", cast)
        table = SimpleUploadedFile("ways.csv", b"from,to,minutes\nF0,F1,17\n")
        assert lead.post(url, {"file": table})["Location"] == address("forming", cast)
        assert "One way is known from your table" in page_of(lead, address("forming", cast))
        assert "17" in page_of(lead, url)
        broken = SimpleUploadedFile("ways.csv", b"from,to,minutes\nF0,nowhere,17\n")
        assert "no school has the code" in words_of(lead.post(url, {"file": broken}))
        lead.post(url, {"forget": "1"})
        assert not TravelMinutes.objects.exists()

    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self, cast, lead, monkeypatch):
        monkeypatch.setattr("coaching.forms.forming.MEGABYTE", 1)
        file = SimpleUploadedFile("ways.csv", b"from,to,minutes\nF0,F1,17\n")
        answer = lead.post(address("forming_travel", cast), {"file": file})
        assert "larger than a table of one district can be" in words_of(answer)


class TestWishes:
    @pytest.fixture
    def person(self, cast) -> Client:
        client = Client()
        client.force_login(cast.participant, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def test_wishes_are_kept_shown_again_and_withdrawn(self, cast, person):
        one, two, *_ = crowd(cast, 3)
        url = address("trio_wishes", cast)
        names = {"partners_0": str(one.pk), "partners_2": str(one.pk), "apart_1": str(two.pk)}
        assert person.post(url, {**names, "context": "different"})["Location"] == url
        row = TrioWishes.objects.get()
        assert (row.partners, row.apart, row.context) == ([one.pk], [two.pk], "different")
        form = person.get(url).context["form"]
        assert form["partners"].value() == [str(one.pk)]
        assert f'<option value="{one.pk}" selected>' in str(form["partners"])
        person.post(url, {})
        row.refresh_from_db()
        assert (row.partners, row.apart, row.context) == ([], [], "")

    def test_somebody_in_both_lists_and_strangers_are_refused(self, cast, person, other):
        one, *_ = crowd(cast, 3)
        url = address("trio_wishes", cast)
        answer = person.post(url, {"partners_0": str(one.pk), "apart_0": str(one.pk)})
        assert "Nobody can stand in both lists." in words_of(answer)
        foreign = other.members["participant"]
        assert person.post(url, {"partners_0": str(foreign.pk)}).context["form"].errors
        assert not TrioWishes.objects.exists()

    def test_whom_one_shares_a_trio_with_in_spite_of_a_wish_is_told_to_its_author_alone(
        self, cast, person, lead
    ):
        mate = cast.members["mate"]
        say_wishes(
            by=cast.participant, membership=cast.members["participant"], year=cast.year,
            partners=[], apart=[mate.pk], context="",
        )  # fmt: skip
        assert "You share a trio with somebody you had asked not to sit with" in page_of(
            person, address("trio_wishes", cast)
        )
        assert lead.get(address("trio_wishes", cast)).status_code == 403

    def test_names_stand_where_people_look_for_them(self):
        assert sorted(["Zoë", "Étienne", "Fatuma", "Emily"], key=plain) == [
            "Emily",
            "Étienne",
            "Fatuma",
            "Zoë",
        ]
