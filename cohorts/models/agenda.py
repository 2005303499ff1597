"""The agenda of a learning session or of a session template, and the advice that was set aside."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.cohort import Cohort
from cohorts.models.dialogue_kit import DialogueKit
from cohorts.models.district import District, DistrictScopedQuerySet, scoped_by
from cohorts.models.learning_session import LearningSession
from cohorts.models.membership import Membership
from cohorts.planning.agenda import Rules

# Longer than a day is a slip of the keyboard.
MOST_MINUTES = 600
_DEFAULTS = Rules()


class AgendaRules(models.Model):
    """From where on the builder speaks up: one row for a cohort that wants other figures than the usual."""

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, related_name="agenda_rules", verbose_name=_("cohort")
    )
    operations_minutes = models.PositiveSmallIntegerField(
        _("minutes of operations"),
        default=_DEFAULTS.operations_minutes,
        help_text=_(
            "Minutes of operational matters that a session bears. The larger of this and the share counts."
        ),
    )
    operations_percent = models.PositiveSmallIntegerField(
        _("share of operations, in per cent"),
        default=_DEFAULTS.operations_percent,
        validators=[MaxValueValidator(100)],
    )
    protocols_half_day = models.PositiveSmallIntegerField(
        _("protocols in half a day"), default=_DEFAULTS.protocols_half_day
    )
    protocols_full_day = models.PositiveSmallIntegerField(
        _("protocols in a full day"), default=_DEFAULTS.protocols_full_day
    )
    group_least = models.PositiveSmallIntegerField(
        _("fewest people in a dialogue group"),
        default=_DEFAULTS.group_least,
        validators=[MinValueValidator(2)],
    )
    group_most = models.PositiveSmallIntegerField(
        _("most people in a dialogue group"),
        default=_DEFAULTS.group_most,
        validators=[MinValueValidator(2)],
    )
    presenter_percent = models.PositiveSmallIntegerField(
        _("one person’s share of the year, in per cent"),
        default=_DEFAULTS.presenter_percent,
        validators=[MaxValueValidator(100)],
        help_text=_("When one person leads more of the year’s items than this, others are not heard."),
    )
    interval_least = models.PositiveSmallIntegerField(
        _("fewest days between sessions"), default=28, validators=[MinValueValidator(1)]
    )
    interval_most = models.PositiveSmallIntegerField(
        _("most days between sessions"), default=42, validators=[MinValueValidator(1)]
    )

    objects = scoped_by("cohort__district").as_manager()

    class Meta:
        verbose_name = _("advice for agendas")
        verbose_name_plural = _("advice for agendas")
        constraints = [
            models.CheckConstraint(
                condition=Q(group_most__gte=models.F("group_least")),
                name="agenda_rules_group_sizes",
                violation_error_message=_("The most people in a group cannot be fewer than the fewest."),
            ),
            models.CheckConstraint(
                condition=Q(interval_most__gte=models.F("interval_least")),
                name="agenda_rules_interval",
                violation_error_message=_("The most days cannot be fewer than the fewest."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Advice for agendas of %(cohort)s") % {"cohort": self.cohort})

    def as_rules(self) -> Rules:
        return Rules(
            operations_minutes=self.operations_minutes,
            operations_percent=self.operations_percent,
            protocols_half_day=self.protocols_half_day,
            protocols_full_day=self.protocols_full_day,
            group_least=self.group_least,
            group_most=self.group_most,
            presenter_percent=self.presenter_percent,
        )


class SessionTemplate(models.Model):
    """An agenda kept as a pattern. Its own cohort sees it; shared, every cohort of the district."""

    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="session_templates", verbose_name=_("district")
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, related_name="session_templates", verbose_name=_("cohort")
    )
    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("what the session is for"), max_length=300, blank=True)
    shared = models.BooleanField(_("shared with every cohort of the district"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = scoped_by("district").as_manager()

    class Meta:
        verbose_name = _("session template")
        verbose_name_plural = _("session templates")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name"],
                name="session_template_name_once",
                violation_error_message=_("This cohort has a template of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaItemQuerySet(DistrictScopedQuerySet):
    district_path = "session__program_year__cohort__district"

    def kept(self) -> AgendaItemQuerySet:
        return self.filter(removed_at=None)


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        COMMUNITY = "community", _("community and norms")
        LEARNING = "learning", _("learning")
        PRACTICE = "practice", _("practice and feedback")
        TRIO = "trio", _("trio time")
        OPERATIONS = "operations", _("operations")
        BREAK = "break", _("break")
        REVIEW = "review", _("review")

    class Challenge(models.IntegerChoices):
        FIRST = 1, _("1: getting to know it")
        TRY = 2, _("2: trying it with support")
        USE = 3, _("3: using it at one’s own school")
        LEAD = 4, _("4: leading others in it")

    session = models.ForeignKey(
        LearningSession, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    template = models.ForeignKey(
        SessionTemplate, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=30,
        validators=[
            MinValueValidator(1, _("An item takes at least one minute.")),
            MaxValueValidator(MOST_MINUTES, _("No item takes longer than ten hours.")),
        ],
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LEARNING)
    lead = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_items",
        verbose_name=_("led by"),
    )
    guest = models.CharField(
        _("guest"), max_length=160, blank=True, help_text=_("Somebody from outside the cohort.")
    )
    learning_goal = models.CharField(_("what people learn from it"), max_length=300, blank=True)
    activity = models.CharField(_("what people do in it"), max_length=300, blank=True)
    materials = models.TextField(_("materials"), blank=True)
    protocol = models.CharField(
        _("protocol"),
        max_length=120,
        blank=True,
        help_text=_("A step-by-step way of talking or looking, by name."),
    )
    preparation = models.CharField(
        _("preparation asked"), max_length=300, blank=True, help_text=_("What everybody brings or has read.")
    )
    challenge = models.PositiveSmallIntegerField(
        _("how demanding"), choices=Challenge.choices, null=True, blank=True
    )
    kit = models.ForeignKey(
        DialogueKit,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("dialogue kit"),
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, template=None) | Q(session=None, template__isnull=False),
                name="agenda_item_of_one_agenda",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES), name="agenda_item_minutes"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SetAside(models.Model):
    """One piece of advice that the planners of a session have read and decided against, and why."""

    session = models.ForeignKey(LearningSession, on_delete=models.CASCADE, related_name="set_aside")
    guard = models.CharField(max_length=24)
    reason = models.CharField(_("why it is right this time"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = scoped_by("session__program_year__cohort__district").as_manager()

    class Meta:
        verbose_name = _("advice set aside")
        verbose_name_plural = _("advice set aside")
        ordering = ["guard"]
        constraints = [
            models.UniqueConstraint(fields=["session", "guard"], name="advice_set_aside_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="advice_set_aside_with_reason"),
        ]

    def __str__(self) -> str:
        return self.guard
