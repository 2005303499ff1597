"""Sections of an instrument and what is asked in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import StandardNode
from cohorts.models.district import DistrictScopedQuerySet, scoped_by
from surveys.models.instrument import Instrument
from surveys.models.scale import AnswerScale


class Section(models.Model):
    """One page of the questionnaire."""

    instrument = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, related_name="sections", verbose_name=_("instrument")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=160)
    intro = models.TextField(_("introduction"), blank=True)

    objects = scoped_by("instrument__district").as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["instrument", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class ItemQuerySet(DistrictScopedQuerySet):
    district_path = "section__instrument__district"

    def asked_in_kind(self, kind: str) -> ItemQuerySet:
        """What a wave of a kind asks: items for every wave, and those for the beginning or the end."""
        wanted = [Item.AskedIn.EVERY]
        if kind == "pre":
            wanted.append(Item.AskedIn.PRE)
        if kind == "post":
            wanted.append(Item.AskedIn.POST)
        return self.filter(asked_in__in=wanted)

    def statements(self) -> ItemQuerySet:
        return self.filter(kind=Item.Kind.STATEMENT)

    def in_order(self) -> ItemQuerySet:
        return self.order_by("section__position", "section_id", "position", "pk")


class Item(models.Model):
    """A statement answered on a scale, a “then” statement that looks back at one, or an open question."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("statement on a scale")
        THEN = "then", _("the same statement, looking back at the start")
        OPEN = "open", _("open question")

    class AskedIn(models.TextChoices):
        EVERY = "every", _("in every wave")
        PRE = "pre", _("before the program only")
        POST = "post", _("after the program only")

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="items", verbose_name=_("section")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    code = models.SlugField(
        _("number"), max_length=20, help_text=_("Such as 4. Names the statement in every table and file.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.STATEMENT)
    asked_in = models.CharField(_("asked"), max_length=6, choices=AskedIn.choices, default=AskedIn.EVERY)
    text = models.TextField(_("wording"), max_length=1000)
    help_text = models.CharField(_("help"), max_length=300, blank=True)
    scale = models.ForeignKey(
        AnswerScale,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("scale"),
    )
    node = models.ForeignKey(
        StandardNode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_items",
        verbose_name=_("competency or indicator"),
    )
    reverse_keyed = models.BooleanField(
        _("reverse-keyed"),
        default=False,
        help_text=_("Agreeing means less of it. Turned round in every figure, never for those who answer."),
    )
    looks_back_at = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="then_items",
        verbose_name=_("looks back at"),
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["section", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "code"], name="item_code_once_per_section"),
            models.CheckConstraint(
                condition=Q(kind="open", scale=None) | (~Q(kind="open") & Q(scale__isnull=False)),
                name="item_scale_unless_open",
                violation_error_message=_("A statement needs a scale; an open question has none."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="then") & Q(looks_back_at__isnull=False))
                | (~Q(kind="then") & Q(looks_back_at=None)),
                name="item_then_looks_back",
                violation_error_message=_("A “then” statement names the statement it looks back at."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.text}"
