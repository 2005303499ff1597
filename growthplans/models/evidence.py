"""What shows that something came of a goal: a file, a link or a note."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import StandardNode
from growthplans.models.goal import Goal
from growthplans.models.plan import GrowthPlan, WithRemoved
from growthplans.storage import evidence_name, evidence_storage


class KeptEvidence(models.Manager):
    """Evidence that is in the plan; a removed piece can come back until it is erased."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(removed_at=None)


class Evidence(models.Model):
    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LINK = "link", _("link")
        NOTE = "note", _("note")

    plan = models.ForeignKey(GrowthPlan, on_delete=models.CASCADE, related_name="evidence")
    goal = models.ForeignKey(
        Goal,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("goal"),
    )
    indicator = models.ForeignKey(
        StandardNode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("indicator"),
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    note = models.TextField(_("what it shows"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    # Stored under a random name outside the web root; the name people gave it is kept beside.
    file = models.FileField(storage=evidence_storage, upload_to=evidence_name, blank=True, max_length=120)
    file_name = models.CharField(max_length=160, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    happened_on = models.DateField(_("date"))
    asked_what_shows_this_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = KeptEvidence()
    with_removed = WithRemoved()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", link="") & ~Q(file="")
                | Q(kind="link", file="") & ~Q(link="")
                | Q(kind="note", file="", link=""),
                name="evidence_is_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return f"Evidence {self.pk}"
