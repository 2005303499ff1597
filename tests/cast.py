"""Builders and the standing cast: a district with every role, and a stranger from another district."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cohorts.models import (
    Appointment,
    Cohort,
    District,
    Leader,
    LearningSession,
    Membership,
    OfferedCompetency,
    ProgramYear,
    Scale,
    ScaleLevel,
    School,
    SchoolCalendar,
    Standard,
    StandardNode,
    Trio,
    TrioSeat,
)
from growthplans.models import Comment, Evidence, GrowthPlan
from growthplans.services.arranging import add_goal, add_reflection, add_step, release_reflection
from growthplans.services.editing import save_fields
from growthplans.services.evidence import add_evidence
from growthplans.services.starting import start_plan
from leaderdev.accounts.models import User

PASSWORD = "a-long-test-passphrase"
YEAR_START = datetime.date(2026, 8, 24)
YEAR_END = datetime.date(2027, 6, 30)
OPENS = datetime.date(2026, 9, 1)
CLOSES = datetime.date(2026, 10, 2)


def make_user(email: str, name: str = "", **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, name=name or email.split("@")[0].title(), **fields)


def make_district(slug: str = "willow-plains", **fields: Any) -> District:
    name = slug.replace("-", " ").title()
    return District.objects.create(slug=slug, name=f"{name} School Division", short_name=name, **fields)


def make_school(district: District, code: str = "101", name: str = "", **fields: Any) -> School:
    return School.objects.create(district=district, code=code, name=name or f"School {code}", **fields)


def make_leader(
    district: District,
    email: str,
    name: str = "",
    *,
    school: School | None = None,
    role_kind: str = Appointment.Role.PRINCIPAL,
    **fields: Any,
) -> Leader:
    leader = Leader.objects.create(district=district, user=make_user(email, name), **fields)
    if school is not None:
        Appointment.objects.create(leader=leader, school=school, role_kind=role_kind, starts_on=YEAR_START)
    return leader


def make_standard(district: District, *, competencies: int = 3, indicators: int = 2) -> Standard:
    scale = Scale.objects.create(district=district, name="Growth levels")
    for value, label in enumerate(["Beginning", "Developing", "Achieving", "Excelling"], start=1):
        ScaleLevel.objects.create(scale=scale, value=value, label=label)
    standard = Standard.objects.create(
        district=district, title="Leadership standard", slug="leadership-standard", version="1", scale=scale
    )
    for number in range(1, competencies + 1):
        competency = StandardNode.objects.create(
            standard=standard,
            kind=StandardNode.Kind.COMPETENCY,
            code=str(number),
            label=f"Competency {number}",
            summary=f"What competency {number} is about.",
            position=number * 100,
            focus_selectable=True,
        )
        for step in range(1, indicators + 1):
            StandardNode.objects.create(
                standard=standard,
                parent=competency,
                kind=StandardNode.Kind.INDICATOR,
                code=f"{number}.{step}",
                label=f"Indicator {number}.{step}",
                position=number * 100 + step,
                ratable=True,
            )
    return standard


def make_cohort(district: District, name: str = "Leaders 2026", slug: str = "") -> Cohort:
    return Cohort.objects.create(
        district=district, name=name, slug=slug or f"{district.slug}-leaders", purpose="Learning together."
    )


def make_year(
    cohort: Cohort, standard: Standard, *, state: str = ProgramYear.State.OPEN, **fields: Any
) -> ProgramYear:
    values: dict[str, Any] = {
        "label": "2026–27",
        "starts_on": YEAR_START,
        "ends_on": YEAR_END,
        "selection_opens_on": OPENS,
        "selection_closes_on": CLOSES,
    }
    year = ProgramYear.objects.create(cohort=cohort, standard=standard, state=state, **{**values, **fields})
    for competency in standard.nodes.competencies():
        OfferedCompetency.objects.create(
            program_year=year, competency=competency, position=competency.position
        )
    return year


def join(cohort: Cohort, leader: Leader, role: str = Membership.Role.PARTICIPANT) -> Membership:
    return Membership.objects.create(cohort=cohort, leader=leader, role=role, joined_on=YEAR_START)


@dataclass(frozen=True)
class Cast:
    """The people of one district's cohort in one open year; each name is a user."""

    district: District
    schools: list[School]
    standard: Standard
    cohort: Cohort
    year: ProgramYear
    trio: Trio
    members: dict[str, Membership]
    manager: User
    lead: User
    facilitator: User
    researcher: User
    participant: User
    mate: User
    third: User
    bystander: User
    disabled: User
    operator: User
    stranger: User


def _seat(trio: Trio, membership: Membership) -> None:
    TrioSeat.objects.create(trio=trio, membership=membership, seated_on=YEAR_START)


def _people(district: District, schools: list[School], slug: str) -> dict[str, Leader]:
    def person(name: str, school: School | None, **fields: Any) -> Leader:
        return make_leader(
            district, f"{name}@{slug}.example.ca", f"{name.title()} Person", school=school, **fields
        )

    return {
        "manager": person("manager", schools[0], role_kind="director", manages_program=True),
        "lead": person("lead", schools[0], role_kind="assistant_superintendent"),
        "facilitator": person("facilitator", schools[0], role_kind="consultant"),
        "researcher": person("researcher", None),
        "participant": person("participant", schools[1]),
        "mate": person("mate", schools[2]),
        "third": person("third", schools[3], role_kind="assistant_principal"),
        "bystander": person("bystander", schools[1], role_kind="assistant_principal"),
        "disabled": person("disabled", schools[2]),
    }


def make_cast(slug: str = "willow-plains") -> Cast:
    """A whole district; call it with another slug for a second district that must stay apart."""
    district = make_district(slug)
    office = make_school(district, "000", "Central Office", kind=School.Kind.CENTRAL_OFFICE)
    schools = [office, *[make_school(district, str(100 + n)) for n in range(1, 4)]]
    calendar = SchoolCalendar.objects.create(
        district=district, label="2026–27", first_day=YEAR_START, last_day=YEAR_END
    )
    standard = make_standard(district)
    cohort = make_cohort(district)
    year = make_year(cohort, standard, calendar=calendar)
    leaders = _people(district, schools, slug)
    roles = {"lead": "lead", "facilitator": "facilitator", "researcher": "researcher"}
    members = {
        name: join(cohort, leader, roles.get(name, "participant"))
        for name, leader in leaders.items()
        if name != "manager"
    }
    competency = standard.nodes.competencies().first()
    trio = Trio.objects.create(
        program_year=year,
        number=1,
        competency=competency,
        published_at=datetime.datetime(2026, 10, 5, 15, tzinfo=datetime.UTC),
    )
    for name in ("participant", "mate", "third"):
        _seat(trio, members[name])
    LearningSession.objects.create(
        program_year=year,
        number=1,
        title="Opening session",
        starts_at=datetime.datetime(2026, 9, 17, 15, tzinfo=datetime.UTC),
        ends_at=datetime.datetime(2026, 9, 17, 18, tzinfo=datetime.UTC),
        host=schools[1],
    )
    User.objects.filter(pk=leaders["disabled"].user_id).update(is_active=False)
    users = {name: User.objects.get(pk=leader.user_id) for name, leader in leaders.items()}
    return Cast(
        district=district,
        schools=schools,
        standard=standard,
        cohort=cohort,
        year=year,
        trio=trio,
        members=members,
        operator=User.objects.create_superuser(
            f"operator@{slug}.example.ca", PASSWORD, name="Operator Person"
        ),
        stranger=make_user(f"stranger@{slug}.example.com", "Stranger Person"),
        **users,
    )


def make_plan(cast: Cast) -> GrowthPlan:
    """The participant's plan of the year, shared, with two goals, steps, evidence, a comment and reflections.

    Made once: asking again gives the same plan. The bystander has none; the mate reads it.
    """
    member = cast.members["participant"]
    there = GrowthPlan.objects.filter(membership=member, program_year=cast.year).first()
    if there is not None:
        return there
    plan = start_plan(by=cast.participant, membership=member, year=cast.year, origin="blank")
    competency = cast.standard.nodes.competencies().first()
    values = {"by": cast.participant, "plan": plan}
    save_fields(
        **values,
        part="plan",
        part_id=plan.pk,
        values={"rationale": "SECRET why: the staff room went quiet.", "competency": competency.pk},
        version=1,
    )
    for number in (1, 2):
        goal = add_goal(**values)
        words = {"statement": f"SECRET goal {number}: listen more.", "success": "People speak first."}
        save_fields(**values, part="goal", part_id=goal.pk, values=words, version=1)
        step = add_step(**values, goal_id=goal.pk)
        save_fields(
            **values, part="step", part_id=step.pk, values={"what": f"SECRET step {number}"}, version=1
        )
        Evidence.objects.create(
            plan=plan,
            goal=goal,
            kind="note",
            title=f"SECRET evidence {number}",
            note="Seen.",
            happened_on=OPENS,
        )
    for stage in ("beginning", "free"):
        reflection = add_reflection(**values, stage=stage)
        save_fields(
            **values,
            part="reflection",
            part_id=reflection.pk,
            values={"text": f"SECRET thought, {stage}"},
            version=1,
        )
    release_reflection(**values, reflection_id=reflection.pk, released=True)
    GrowthPlan.objects.filter(pk=plan.pk).update(
        state=GrowthPlan.State.SHARED, shared_at=datetime.datetime(2026, 10, 10, 15, tzinfo=datetime.UTC)
    )
    plan.refresh_from_db()
    Comment.objects.create(
        plan=plan, goal=goal, by=cast.mate, voice="mate", text="SECRET comment: how will you know?"
    )
    return plan


def make_evidence_file(cast: Cast) -> Evidence:
    """A PDF among the evidence of the participant's plan."""
    upload = SimpleUploadedFile("SECRET survey.pdf", b"%PDF-1.7\nSECRET bytes\n%%EOF\n")
    return add_evidence(
        by=cast.participant,
        plan=make_plan(cast),
        kind="file",
        title="SECRET survey",
        happened_on=OPENS,
        file=upload,
    )
