"""An upload on its way into the roll, and afterwards the record that it happened."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet

# Long enough to look up a doubtful row and come back after lunch; no list of people lies about for longer.
KEPT_FOR = datetime.timedelta(hours=24)


class RosterImportQuerySet(DistrictScopedQuerySet):
    def waiting(self) -> RosterImportQuerySet:
        return self.filter(state=RosterImport.State.WAITING)

    def older_than_kept(self, now: datetime.datetime) -> RosterImportQuerySet:
        """Uploads that nobody confirmed or cancelled in time."""
        return self.waiting().filter(created_at__lte=now - KEPT_FOR)

    def history(self) -> RosterImportQuerySet:
        """What was imported, newest first, without the uploaded rows."""
        return self.filter(state=RosterImport.State.DONE).select_related("by").defer("table")


class RosterImport(models.Model):
    """One uploaded roster. The rows are personal data: they are erased when the import ends in any way."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be confirmed")
        DONE = "done", _("imported")
        CANCELLED = "cancelled", _("cancelled")
        FORGOTTEN = "forgotten", _("not confirmed in time")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="roster_imports", verbose_name=_("district")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty: the operator, at the command line."),
    )
    file_name = models.CharField(_("file"), max_length=150)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    table = models.JSONField(_("uploaded rows"), null=True, blank=True)
    choices = models.JSONField(
        _("columns and roles"), default=dict, blank=True, help_text=_("Remembered for the next file.")
    )
    counts = models.JSONField(_("counts"), default=dict, blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(table__isnull=True),
                name="roster_import_erased_when_over",
                violation_error_message=_("The uploaded rows are erased when an import is over."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(finished_at__isnull=False),
                name="roster_import_over_at_some_time",
                violation_error_message=_("An import that is over has a time at which it ended."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    def end(self, state: str) -> None:
        """Close the import and erase its rows. What was chosen is remembered only of an import that was made:
        a file without headings would turn a person into a column's name."""
        self.state = state
        self.finished_at = timezone.now()
        self.table = None
        if state != self.State.DONE:
            self.choices = {}
        self.save(update_fields=["state", "finished_at", "table", "choices", "counts"])
