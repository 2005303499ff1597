"""The person who signs in."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leaderdev.accounts.managers import UserManager, normal_email


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Use a name such as America/Edmonton."), params={"zone": value}
        )


def validate_language(value: str) -> None:
    if value not in dict(settings.LANGUAGES):
        raise ValidationError(
            _("This installation does not speak “%(language)s”."), params={"language": value}
        )


class User(AbstractBaseUser, PermissionsMixin):
    """One person, whatever they do in however many districts. The e-mail address is the login."""

    class Delivery(models.TextChoices):
        EACH = "each", _("One mail for each thing")
        DAILY = "daily", _("One mail a day that gathers everything")
        REQUIRED = "required", _("Only what the program requires")

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("full name"), max_length=150)
    preferred_name = models.CharField(
        _("preferred name"),
        max_length=80,
        blank=True,
        help_text=_("What colleagues call you. Shown in greetings."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/Edmonton", validators=[validate_time_zone]
    )
    language = models.CharField(_("language"), max_length=12, default="en", validators=[validate_language])
    delivery = models.CharField(_("mail"), max_length=12, choices=Delivery.choices, default=Delivery.EACH)
    is_active = models.BooleanField(
        _("may sign in"),
        default=True,
        help_text=_("Switch off instead of deleting: history keeps its names."),
    )
    is_staff = models.BooleanField(
        _("operator"),
        default=False,
        help_text=_("Runs this installation. District leaders do not need this."),
    )
    date_joined = models.DateTimeField(_("added"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = normal_email(self.email)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """What a greeting uses: the preferred name, else the first word of the name."""
        return self.preferred_name or (self.name.split() or [self.email])[0]
