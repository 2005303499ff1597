"""Operators look after people here. District leaders add theirs through the roster, not in these pages."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leaderdev.accounts import zones
from leaderdev.accounts.models import Invitation, SecurityEvent, User
from leaderdev.accounts.services import invitations, people

_to_our_door = secure_admin_login(admin.site.login)


def sign_in_at_our_door(request: HttpRequest, extra_context=None) -> HttpResponse:
    """The admin's own sign-in page knows neither rate limits nor a second step: nobody ever sees it."""
    if not request.user.is_authenticated:
        return _to_our_door(request)
    if not admin.site.has_permission(request):
        raise PermissionDenied
    return redirect("admin:index")


admin.site.login = sign_in_at_our_door  # type: ignore[method-assign]


class OperatorsOnly:
    """Seen by superusers alone, whatever single rights somebody else may hold."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class ReadOnly(OperatorsOnly):
    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


class PersonForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones.choices, initial="America/Edmonton")

    class Meta:
        model = User
        fields = ["email", "name", "preferred_name", "time_zone", "delivery", "is_staff", "is_superuser"]


class InvitationInline(ReadOnly, admin.TabularInline):
    model = Invitation
    fk_name = "user"
    extra = 0
    fields = ["created_at", "invited_by", "expires_at", "used_at", "revoked_at"]
    readonly_fields = fields


@admin.register(User)
class UserAdmin(OperatorsOnly, admin.ModelAdmin):
    form = PersonForm
    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["name", "preferred_name", "email"]
    ordering = ["name"]
    readonly_fields = ["is_active", "last_login", "date_joined"]
    inlines = [InvitationInline]
    actions = ["invite_people", "deactivate_people", "reactivate_people", "reset_second_factors"]
    fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "preferred_name", "time_zone", "delivery"],
                "description": _(
                    "Who signs in. After adding somebody, send an invitation:"
                    " nobody sets passwords for others."
                ),
            },
        ),
        (
            _("Running this installation"),
            {
                "fields": ["is_staff", "is_superuser"],
                "description": _("For operators only. District leaders get their rights from their role."),
            },
        ),
        (
            _("Sign-in"),
            {
                "fields": ["is_active", "last_login", "date_joined"],
                "description": _("Switch people off and on with the actions of the list; nobody is deleted."),
            },
        ),
    ]

    def get_inlines(self, request: HttpRequest, obj=None):
        return self.inlines if obj else []

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            return
        new_email, obj.email = obj.email, form.initial["email"]
        super().save_model(request, obj, form, change)
        people.change_address(by=request.user, user=obj, email=new_email)

    @admin.action(description=_("Send an invitation by mail"))
    def invite_people(self, request: HttpRequest, queryset) -> None:
        chosen = list(queryset)
        try:
            invitations.invite_many(by=request.user, users=chosen)
        except invitations.InvitationRefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        text = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(chosen))
        self.message_user(request, text % {"n": len(chosen)}, messages.SUCCESS)

    @admin.action(description=_("Switch off: end every sign-in now"))
    def deactivate_people(self, request: HttpRequest, queryset) -> None:
        others = [user for user in queryset.active() if user != request.user]
        for user in others:
            people.deactivate(by=request.user, user=user, request=request)
        text = ngettext("%(n)s person is switched off.", "%(n)s people are switched off.", len(others))
        self.message_user(request, text % {"n": len(others)}, messages.SUCCESS)

    @admin.action(description=_("Switch on again"))
    def reactivate_people(self, request: HttpRequest, queryset) -> None:
        for user in queryset.filter(is_active=False):
            people.reactivate(by=request.user, user=user, request=request)

    @admin.action(description=_("Remove passkeys and authenticator app (after a lost device)"))
    def reset_second_factors(self, request: HttpRequest, queryset) -> None:
        for user in queryset:
            people.reset_second_factor(by=request.user, user=user, request=request)


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "kind", "user", "by", "device", "network", "detail"]
    list_filter = ["kind", "at"]
    list_select_related = ["user", "by"]
    search_fields = ["user__name", "user__email"]
    date_hierarchy = "at"
