"""What the page of a proposal shows, worked out from the row: trios by competency, reasons, counts, maps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching import forming_words
from coaching.matching import Person, Rules
from coaching.matching.describing import Described, describe
from coaching.matching.plain import person_from, rules_from
from coaching.models import TrioProposal
from coaching.said import all_said, said
from coaching.services.trio_proposal_moves import groups_of
from coaching.services.trio_proposals import seats_now
from cohorts.models import Membership
from leaderdev.common.charts import Chart, Group, Place, place_map

# Maps of more places than this are a cloud of dots; the table says the same.
MOST_ON_A_MAP = 60


@dataclass
class ShownTrio:
    number: int
    position: int
    members: list[dict[str, Any]]
    reasons: tuple[str, ...]
    pinned: bool


class ProposalPage:
    def __init__(self, proposal: TrioProposal) -> None:
        self.proposal = proposal
        self.rows = {row["id"]: row for row in proposal.people}
        self.rules: Rules = rules_from(proposal.rules)
        self.keeps = self.rules.keep_last_trios

    @cached_property
    def people(self) -> list[Person]:
        return [person_from(row) for row in self.rows.values()]

    @cached_property
    def described(self) -> Described:
        return describe(self.people, self.rules, groups_of(self.proposal), self.proposal.unplaced)

    @property
    def changed_by_hand(self) -> bool:
        return bool(self.proposal.moves_made)

    @property
    def notes(self) -> list[str]:
        return all_said(self.proposal.notes)

    @property
    def contradiction(self) -> list[str]:
        return all_said(self.proposal.contradiction)

    @property
    def verdict(self) -> str:
        words = forming_words.verdict(self.proposal.standings, keeps=self.keeps)
        if self.proposal.is_repair:
            return _("With the fewest people moved: %(verdict)s") % {"verdict": words[:1].lower() + words[1:]}
        return words

    @property
    def stats(self) -> list[dict[str, Any]]:
        groups = self.proposal.groups
        sizes = [len(group["members"]) for group in groups]
        seated = {
            "value": sum(sizes),
            "unit": _("of %(all)d") % {"all": len(self.rows)},
            "label": _("people seated"),
        }
        named = {2: _("with two seats"), 3: _("with three seats"), 4: _("with four seats")}
        found = [seated]
        found += [{"value": sizes.count(n), "unit": "", "label": named[n]} for n in (3, 4, 2) if n in sizes]
        if self.described.asked:
            found.append(
                {
                    "value": self.described.met,
                    "unit": _("of %(all)d") % {"all": self.described.asked},
                    "label": _("wishes for a partner met"),
                }
            )
        return found

    @property
    def counts(self) -> list[dict[str, Any]]:
        """One row a priority: what it came to, and what the best possible is where that is known."""
        found = []
        solved = {one["priority"]: one for one in self.proposal.standings}
        earlier_kept = True
        for priority, value in zip(self.rules.priorities, self.described.values, strict=True):
            one = solved.get(str(priority))
            bound = one["bound"] if one else None
            if not earlier_kept or bound is None:
                words = _("not known after moves by hand")
            elif value <= bound:
                words = _("proven")
            else:
                words = _("%(bound)d or more") % {"bound": bound}
            earlier_kept = earlier_kept and one is not None and value == one["value"]
            found.append(
                {
                    "label": forming_words.label(priority, keeps=self.keeps),
                    "what": forming_words.counted(priority, keeps=self.keeps),
                    "value": value,
                    "best": words,
                }
            )
        return found

    @cached_property
    def competencies(self) -> list[dict[str, Any]]:
        """Trios under their competency, numbered through the whole proposal, and who is without a seat."""
        found: dict[str, dict[str, Any]] = {}
        for row in sorted(self.rows.values(), key=lambda row: row["competency"]):
            entry = found.setdefault(
                row["competency"], {"label": row["competency"], "people": 0, "trios": []}
            )
            entry["people"] += 1
        for position, trio in enumerate(self.described.trios):
            members = sorted((self.rows[name] for name in trio.members), key=lambda row: row["name"])
            found[trio.competency]["trios"].append(
                ShownTrio(
                    self.proposal.numbers[position],
                    position,
                    [self._member(row) for row in members],
                    tuple(map(said, trio.reasons)),
                    trio.pinned,
                )
            )
        for number, entry in enumerate(found.values()):
            entry["unplaced"] = [
                {**self._member(self.rows[name]), "why": said(self.described.unplaced_reasons[name])}
                for name in self.proposal.unplaced
                if self.rows[name]["competency"] == entry["label"]
            ]
            entry["small"] = entry["people"] < 3
            entry["map"] = self._map(number, entry)
        return list(found.values())

    @property
    def small(self) -> list[dict[str, Any]]:
        return [entry for entry in self.competencies if entry["small"]]

    def _member(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": row["id"],
            "name": row["name"],
            "school": row["school_name"],
            "role": row["role"],
            "reasons": tuple(map(said, self.described.person_reasons.get(row["id"], ()))),
        }

    def _map(self, number: int, entry: dict[str, Any]) -> Chart | None:
        rows = [self.rows[one["id"]] for trio in entry["trios"] for one in trio.members]
        placed = {row["school"]: row for row in rows if row["lat"] is not None and row["lng"] is not None}
        if not 2 <= len(placed) <= MOST_ON_A_MAP:
            return None
        ordered = sorted(placed.values(), key=lambda row: row["school_name"])
        order = {row["school"]: rank for rank, row in enumerate(ordered, 1)}
        places = [Place(row["school"], row["school_name"], row["lat"], row["lng"]) for row in ordered]
        groups = []
        for trio in entry["trios"]:
            schools = [self.rows[one["id"]] for one in trio.members]
            words = ", ".join(
                f"{order[row['school']]} {row['school_name']}"
                if row["school"] in order
                else (row["school_name"] or _("no school"))
                for row in schools
            )
            groups.append(
                Group(
                    _("Trio %(number)d") % {"number": trio.number}, tuple(r["school"] for r in schools), words
                )
            )
        missing = sum(row["school"] not in placed for row in rows)
        caption = _("Schools of the trios of %(label)s") % {"label": entry["label"]}
        if missing:
            left = ngettext(
                "%(number)d person’s school has no place on the map",
                "%(number)d people’s schools have no place on the map",
                missing,
            )
            caption += f" ({left % {'number': missing}})"
        return place_map(f"trio-map-{number}", caption, places, groups, (_("Trio"), _("Schools by number")))

    @cached_property
    def repair(self) -> list[dict[str, Any]]:
        """Before and after of each trio that changes; members who stay, leave and come."""
        before = {group["trio"]: group for group in self.proposal.before}
        seated_before = {name for group in self.proposal.before for name in group["members"]}
        found = []
        for position, group in enumerate(self.proposal.groups):
            old = before.pop(group["trio"], None)
            was = set(old["members"]) if old else set()
            here = set(group["members"])
            if was == here:
                continue
            found.append(
                {
                    "title": _("Trio %(number)d") % {"number": old["number"]} if old else _("New trio"),
                    "now": position + 1,
                    "competency": group["competency"],
                    "stay": self._names(was & here),
                    "leave": self._names(was - here),
                    "come": [
                        {"name": self._name(name), "moved": name in seated_before}
                        for name in sorted(here - was)
                    ],
                }
            )
        found += [
            {
                "title": _("Trio %(number)d") % {"number": old["number"]},
                "now": None,
                "competency": old["competency"],
                "stay": [],
                "leave": self._names(old["members"]),
                "come": [],
            }
            for old in before.values()
        ]
        return found

    @cached_property
    def ending(self) -> list[int]:
        """Trios that end with the publication: numbers of those that sit now and that no group carries on."""
        now = {group["trio"]: group for group in seats_now(self.proposal.program_year)}
        kept = {group["trio"] for group in self.proposal.groups}
        same = [set(group["members"]) for group in self.proposal.groups]
        return [
            group["number"]
            for trio, group in now.items()
            if trio not in kept and set(group["members"]) not in same
        ]

    @property
    def untouched(self) -> int:
        before = {group["trio"]: set(group["members"]) for group in self.proposal.before}
        return sum(before.get(group["trio"]) == set(group["members"]) for group in self.proposal.groups)

    @property
    def moved(self) -> list[str]:
        """Who changes seats although nothing about them changed: counted as the solver counts."""
        label = {name: group["competency"] for group in self.proposal.before for name in group["members"]}
        seat = {name: group["trio"] for group in self.proposal.before for name in group["members"]}
        return self._names(
            name
            for group in self.proposal.groups
            for name in group["members"]
            if name in seat and label[name] == group["competency"] and seat[name] != group["trio"]
        )

    def _name(self, name: str) -> str:
        return self.rows[name]["name"] if name in self.rows else self.former.get(name, _("somebody who left"))

    def _names(self, names: Any) -> list[str]:
        return sorted(self._name(name) for name in names)

    @cached_property
    def former(self) -> dict[str, str]:
        """Names of people who held a seat and take part no longer; one query, only where there are any."""
        gone = [name for group in self.proposal.before for name in group["members"] if name not in self.rows]
        found = Membership.objects.filter(pk__in=gone).select_related("leader__user")
        return {str(member.pk): str(member.leader) for member in found}
