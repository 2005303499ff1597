"""Leadership standards: standard → competency → indicator, deeper or flat, with versions."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet, scoped_by
from cohorts.models.scale import Scale


def new_identifier() -> str:
    """A lower-case UUID, the spelling that CASE 1.1 asks for."""
    return str(uuid.uuid4())


def _readable(standard: str, user: Any) -> Q:
    """Rows whose `standard` the person may read, the lookup with its trailing underscores or empty.

    Subqueries, so that no row doubles. A draft is read by those who configure the district; by the others
    once a program year that is past its own draft was set up against it.
    """
    mine, managed = District.objects.visible_to(user), District.objects.managed_by(user)
    in_years = Standard._base_manager.filter(years__state__in=("open", "closed"))
    finished = ~Q(**{f"{standard}status": Standard.Status.DRAFT})
    shown = finished | Q(**{f"{standard}pk__in": in_years.values("pk")})
    district = f"{standard}district__in"
    return (Q(**{district: mine.values("pk")}) & shown) | Q(**{district: managed.values("pk")})


class StandardQuerySet(DistrictScopedQuerySet):
    def visible_to(self, user: Any) -> StandardQuerySet:
        """Everybody on a district's roll reads its standards; drafts only those who configure them."""
        return self.filter(_readable("", user))

    def usable(self) -> StandardQuerySet:
        return self.exclude(status=Standard.Status.RETIRED)


class Standard(models.Model):
    """One version of a leadership standard as one district uses it.

    A new version is a new row with `replaces`; the wording of a version that program years were
    set up against is never edited, because last year's plans were written against it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_USE = "in_use", _("in use")
        RETIRED = "retired", _("retired")

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="standards", verbose_name=_("district")
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address part"), max_length=80)
    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=120, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    license = models.CharField(_("license"), max_length=200, blank=True)
    license_url = models.URLField(_("license address"), blank=True)
    source_url = models.URLField(_("official source"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    identifier = models.CharField(_("identifier"), max_length=64, default=new_identifier)
    uri = models.CharField(_("address (URI)"), max_length=300, blank=True)
    adopted_on = models.DateField(_("in force since"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    scale = models.ForeignKey(
        Scale,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
        verbose_name=_("levels"),
        help_text=_("The named levels in which leaders see their own growth."),
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("leadership standard")
        verbose_name_plural = _("leadership standards")
        ordering = ["title", "version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="standard_slug_once_per_district"),
            models.UniqueConstraint(
                fields=["district", "identifier"],
                name="standard_identifier_once_per_district",
                violation_error_message=_("This district has a standard with this identifier already."),
            ),
            models.CheckConstraint(condition=~Q(pk=F("replaces")), name="standard_does_not_replace_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})" if self.version else self.title


class NodeQuerySet(DistrictScopedQuerySet):
    district_path = "standard__district"

    def visible_to(self, user: Any) -> NodeQuerySet:
        """Statements of the standards that the person may read."""
        return self.filter(_readable("standard__", user))

    def competencies(self) -> NodeQuerySet:
        """Nodes that a leader may choose as a focus."""
        return self.filter(focus_selectable=True)

    def indicators(self) -> NodeQuerySet:
        return self.filter(kind=StandardNode.Kind.INDICATOR)


class StandardNode(models.Model):
    """One statement of a standard: a competency, an indicator, or whatever the standard calls it."""

    class Kind(models.TextChoices):
        DOMAIN = "domain", _("domain")
        STANDARD = "standard", _("standard")
        COMPETENCY = "competency", _("competency")
        PRACTICE = "practice", _("practice")
        REQUIREMENT = "requirement", _("requirement")
        ELEMENT = "element", _("element")
        INDICATOR = "indicator", _("indicator")
        DESCRIPTOR = "descriptor", _("descriptor")
        ETHIC = "ethic", _("ethic")
        RESOURCE = "resource", _("resource")

    standard = models.ForeignKey(
        Standard, on_delete=models.CASCADE, related_name="nodes", verbose_name=_("standard")
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=40, blank=True, help_text=_("Such as 4 or 4.c."))
    label = models.CharField(_("label"), max_length=300)
    summary = models.TextField(
        _("in our words"), blank=True, help_text=_("What it is about, in plain words.")
    )
    official_text = models.TextField(
        _("official text"),
        blank=True,
        help_text=_("Paste the standard’s own wording here if your license allows. It ships empty."),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    focus_selectable = models.BooleanField(
        _("can be a focus"), default=False, help_text=_("Leaders may choose it as their focus for a year.")
    )
    ratable = models.BooleanField(
        _("can be asked about"), default=False, help_text=_("Survey statements may be tied to it.")
    )
    identifier = models.CharField(_("identifier"), max_length=64, default=new_identifier)
    uri = models.CharField(_("address (URI)"), max_length=300, blank=True)

    objects = NodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("competency or indicator")
        verbose_name_plural = _("competencies and indicators")
        ordering = ["standard", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "identifier"], name="node_identifier_once_per_standard"
            ),
            models.UniqueConstraint(
                fields=["standard", "code"], condition=~Q(code=""), name="node_code_once_per_standard"
            ),
            models.CheckConstraint(condition=~Q(pk=F("parent")), name="node_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def coded_label(self) -> str:
        return f"{self.code} {self.label}" if self.code else self.label


class NodeLink(models.Model):
    """A cross-link between statements, within a standard or from one version to the next."""

    class Kind(models.TextChoices):
        PEER = "isPeerOf", _("is a peer of")
        PART = "isPartOf", _("is part of")
        EXACT = "exactMatchOf", _("says the same as")
        PRECEDES = "precedes", _("comes before")
        RELATED = "isRelatedTo", _("is related to")
        REPLACED = "replacedBy", _("is replaced by")
        EXEMPLAR = "exemplar", _("is an example of")
        SKILL_LEVEL = "hasSkillLevel", _("has the level")
        TRANSLATION = "isTranslationOf", _("is a translation of")

    origin = models.ForeignKey(
        StandardNode, on_delete=models.CASCADE, related_name="links_out", verbose_name=_("from")
    )
    destination = models.ForeignKey(
        StandardNode, on_delete=models.CASCADE, related_name="links_in", verbose_name=_("to")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.RELATED)
    group = models.CharField(_("group"), max_length=120, blank=True)
    identifier = models.CharField(_("identifier"), max_length=64, default=new_identifier)

    objects = scoped_by("origin__standard__district").as_manager()

    class Meta:
        verbose_name = _("cross-link")
        verbose_name_plural = _("cross-links")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "destination", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(origin=F("destination")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.get_kind_display()} {self.destination}"
