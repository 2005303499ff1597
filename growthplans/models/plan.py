"""A growth plan: one leader's own intentions for one program year."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from cohorts.models import Leader, Membership, ProgramYear, StandardNode, TrioSeat


class WithRemoved(models.Manager):
    """Every row, also those that their author took out of the plan."""


class PlanQuerySet(models.QuerySet):
    """Who reads a plan is decided here and nowhere else.

    Readers are the author; once the plan is shared, the mates who sit in the author's trio of that year now;
    and, once it is shared, the named reviewer. Operators of the installation are not among them.
    """

    def written_by(self, user: Any) -> PlanQuerySet:
        return self.filter(membership__leader__user_id=user.pk, membership__leader__is_active=True)

    def shared(self) -> PlanQuerySet:
        return self.exclude(state=GrowthPlan.State.DRAFT)

    def of_mates(self, user: Any) -> PlanQuerySet:
        """Shared plans of those who sit in one published trio with the person now, of that same year."""
        beside = TrioSeat.objects.current().filter(
            trio__published_at__isnull=False,
            membership__leader__user_id=user.pk,
            membership__leader__is_active=True,
            trio_id=OuterRef("trio_id"),
        )
        seats = TrioSeat.objects.current().filter(
            Exists(beside),
            membership_id=OuterRef("membership_id"),
            program_year_id=OuterRef("program_year_id"),
        )
        mine = Q(membership__leader__user_id=user.pk)
        return self.shared().filter(Exists(seats)).exclude(mine)

    def for_review_by(self, user: Any) -> PlanQuerySet:
        """Shared plans whose author named the person as reviewer."""
        return self.shared().filter(reviewer__user_id=user.pk, reviewer__is_active=True)

    def visible_to(self, user: Any) -> PlanQuerySet:
        keys = [
            query.order_by().values("pk")
            for query in (self.written_by(user), self.of_mates(user), self.for_review_by(user))
        ]
        return self.filter(Q(pk__in=keys[0]) | Q(pk__in=keys[1]) | Q(pk__in=keys[2]))

    def by_author(self) -> PlanQuerySet:
        return self.order_by("membership__leader__user__name", "-program_year__starts_on", "pk")

    def in_order_of_review(self) -> PlanQuerySet:
        """Those of open years that wait to be read, then the others of open years, then earlier years'."""
        current = Q(program_year__state=ProgramYear.State.OPEN)
        waits = Case(
            When(current & Q(state=GrowthPlan.State.SHARED), then=0), When(current, then=1), default=2
        )
        return self.order_by(waits, "shared_at", "pk")

    def awaiting_review(self) -> PlanQuerySet:
        """Shared plans that their reviewer has not opened."""
        return self.filter(state=GrowthPlan.State.SHARED, reviewer__isnull=False, reviewer_opened_at=None)


class GrowthPlan(models.Model):
    """Formative and owned by its author; no state is final for the author's words.

    `version` rises by one with each accepted save of the plan's own fields; a save that names an older
    version is answered with both texts. Goals, steps and reflections carry versions of their own, so that
    two devices at work on different parts do not meet.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SHARED = "shared", _("shared for feedback")
        RETURNED = "returned", _("sent back with a question")
        READ = "read", _("read by the reviewer")
        UNDER_WAY = "under_way", _("under way")
        MID_YEAR = "mid_year", _("mid-year check-in held")
        YEAR_END = "year_end", _("year-end conversation held")
        CLOSED = "closed", _("closed")

    class Origin(models.TextChoices):
        FOCUS = "focus", _("from the focus competency")
        CARRIED = "carried", _("carried forward")
        BLANK = "blank", _("from a blank page")

    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="plans", verbose_name=_("author")
    )
    program_year = models.ForeignKey(
        ProgramYear, on_delete=models.PROTECT, related_name="plans", verbose_name=_("program year")
    )
    competency = models.ForeignKey(
        StandardNode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("focus competency"),
    )
    origin = models.CharField(_("begun"), max_length=8, choices=Origin.choices, default=Origin.BLANK)
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_into"
    )
    rationale = models.TextField(_("why this focus"), blank=True)
    school_goal = models.TextField(_("the school goal it serves"), blank=True)
    division_goal = models.TextField(_("the division goal it serves"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    reviewer = models.ForeignKey(
        Leader,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans_to_review",
        verbose_name=_("reviewer"),
    )
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)
    reviewer_opened_at = models.DateTimeField(_("opened by the reviewer"), null=True, blank=True)
    review_question = models.TextField(_("the reviewer’s question"), blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    implications = models.TextField(_("what it means for next year"), blank=True)
    completed = models.BooleanField(
        _("completed"), null=True, blank=True, help_text=_("Settled in the year-end conversation; no grade.")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # The number of the latest revision: the next one is counted here, under the lock of this row.
    last_revision = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("growth plan")
        verbose_name_plural = _("growth plans")
        ordering = ["-program_year__starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "program_year"],
                name="plan_one_per_year",
                violation_error_message=_("There is a plan for this year already."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(shared_at__isnull=False), name="plan_shared_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(completed=None) | Q(state__in=["year_end", "closed"]),
                name="plan_completed_only_at_year_end",
            ),
        ]

    def __str__(self) -> str:
        # Never the words: this may stand in a log line or an error mail.
        return f"Growth plan {self.pk}"
