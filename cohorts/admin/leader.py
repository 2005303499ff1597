"""The roll: people, their posts and the reporting line."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts.admin import scope
from cohorts.admin.add_members import draft_of, setup_url
from cohorts.admin.base import DistrictScopedAdmin, ScopedInline
from cohorts.admin.filters import QuestionFilter
from cohorts.admin.leader_form import LeaderForm
from cohorts.models import Appointment, Cohort, Leader, Membership, Supervision
from cohorts.services import leaders as roll
from leaderdev.accounts.services.invitations import InvitationRefusedError, invite_many
from leaderdev.common.numbers import whole


class CohortFilter(QuestionFilter):
    title = _("cohort")
    parameter_name = "cohort"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[Any, str]]:
        return list(scope.rows(request, Cohort).values_list("pk", "name"))

    def answer(self, queryset: Any, value: str) -> Any:
        members = Cohort.objects.filter(pk=whole(value), memberships__left_on=None)
        return queryset.filter(pk__in=members.values("memberships__leader"))


class PartFilter(QuestionFilter):
    """Together with the cohort above it: who holds this part in that cohort."""

    title = _("part in a cohort")
    parameter_name = "part"
    words = tuple(Membership.Role.choices)

    def answer(self, queryset: Any, value: str) -> Any:
        cohort = self.asked_cohort
        held = Membership.objects.current().filter(leader=OuterRef("pk"), role=value)
        return queryset.filter(Exists(held.filter(cohort=cohort) if cohort else held))

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        asked = whole(request.GET.get("cohort"))
        self.asked_cohort = scope.rows(request, Cohort).filter(pk=asked).first() if asked else None
        super().__init__(request, params, model, model_admin)


class PostFilter(QuestionFilter):
    title = _("post")
    parameter_name = "post"
    words = (("none", _("without a post")), ("open", _("with a post")))

    def answer(self, queryset: Any, value: str) -> Any:
        held = Exists(Appointment.objects.current().filter(leader=OuterRef("pk")))
        return queryset.filter(~held if value == "none" else held)


class SupervisorFilter(QuestionFilter):
    title = _("supervisor")
    parameter_name = "supervisor"
    words = (("none", _("not named")), ("named", _("named")))

    def answer(self, queryset: Any, value: str) -> Any:
        named = Exists(Supervision.objects.current().filter(leader=OuterRef("pk")))
        return queryset.filter(~named if value == "none" else named)


class InvitedFilter(QuestionFilter):
    title = _("invitation")
    parameter_name = "invited"
    words = (("no", _("not invited yet")), ("yes", _("invited or signed in")))

    def answer(self, queryset: Any, value: str) -> Any:
        waiting = {"user__last_login": None, "user__invitations": None}
        return queryset.filter(**waiting) if value == "no" else queryset.exclude(**waiting)


class AppointmentInline(ScopedInline):
    model = Appointment
    fields = ["school", "role_kind", "role_title", "also_teaches", "starts_on", "ends_on"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new person has a post as a rule, so its row stands open."""
        return 0 if obj else 1


class SupervisionInline(ScopedInline):
    model = Supervision
    fk_name = "leader"
    fields = ["supervisor", "starts_on", "ends_on"]
    autocomplete_fields = ["supervisor"]


@admin.register(Leader)
class LeaderAdmin(DistrictScopedAdmin):
    form = LeaderForm
    list_display = ["user", "email", "post", "manages_program", "is_active"]
    list_filter = [
        "is_active",
        CohortFilter,
        PartFilter,
        PostFilter,
        SupervisorFilter,
        InvitedFilter,
        "manages_program",
    ]
    search_fields = ["user__name", "user__email", "employee_number"]
    empty_sentence = _("Import the roster with the button above, or add people one by one.")
    vanishes_with = (Appointment, Supervision)
    inlines = [AppointmentInline, SupervisionInline]
    actions = ["invite", "make_inactive", "make_active"]
    change_list_template = "admin/cohorts/leader/change_list.html"
    fieldsets = [
        (
            _("The person"),
            {
                "fields": ["district", "name", "email"],
                "description": _(
                    "The e-mail address is how the person signs in. Nobody types a password here."
                ),
            },
        ),
        (
            _("On the roll"),
            {
                "fields": ["employee_number", "leads_since", "is_active", "manages_program", "source_id"],
                "description": _(
                    "Someone who leaves is taken off the roll, never deleted: history keeps names."
                ),
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_post().select_related("district")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Whoever comes from a checklist, to see who lacks something, finds the way back to it."""
        asked = whole(request.GET.get("cohort"))
        cohort = scope.rows(request, Cohort).filter(pk=asked).first() if asked else None
        year = draft_of(cohort) if cohort else None
        extra = {"setup_url": setup_url(year) if year else "", "setup_year": year, **(extra_context or {})}
        return super().changelist_view(request, extra)

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, leader: Leader) -> str:
        return leader.user.email

    @admin.display(description=_("post"))
    def post(self, leader: Leader) -> str:
        return str(leader.current_post or "–")

    def save_model(self, request: HttpRequest, obj: Leader, form: Any, change: bool) -> None:
        """Through the roll's services: they know when a person's name is not this district's to change."""
        if not change:
            roll.enroll(
                by=request.user,
                leader=obj,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
            )
            return
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            roll.rename(by=request.user, leader=obj, name=form.cleaned_data["name"])

    @admin.action(description=_("Invite by mail"))
    def invite(self, request: HttpRequest, queryset: QuerySet) -> None:
        chosen = list(queryset.filter(is_active=True))
        try:
            sent = invite_many(by=request.user, users=[leader.user for leader in chosen])
        except InvitationRefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        text = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", len(sent))
        self.message_user(request, text % {"n": len(sent)}, messages.SUCCESS)

    @admin.action(description=_("Make inactive (off the roll)"))
    def make_inactive(self, request: HttpRequest, queryset: QuerySet) -> None:
        n = roll.make_inactive(by=request.user, leaders=list(queryset))
        text = ngettext(
            "%(n)d person is off the roll. Everything they wrote stays.",
            "%(n)d people are off the roll. Everything they wrote stays.",
            n,
        )
        self.message_user(request, text % {"n": n}, messages.SUCCESS)

    @admin.action(description=_("Put back on the roll"))
    def make_active(self, request: HttpRequest, queryset: QuerySet) -> None:
        n = roll.make_active(by=request.user, leaders=list(queryset))
        text = ngettext("%(n)d person is back on the roll.", "%(n)d people are back on the roll.", n)
        self.message_user(request, text % {"n": n}, messages.SUCCESS)
