"""The district's library: what is read, watched and used in sessions, meetings and plans."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models.district import District, DistrictScopedQuerySet
from cohorts.models.learning_session import LearningSession
from cohorts.models.standard import StandardNode


class ResourceQuerySet(DistrictScopedQuerySet):
    def visible_to(self, user: Any) -> ResourceQuerySet:
        keys = [*self.of_members(user).values_list("pk", flat=True)]
        return self.filter(Q(pk__in=keys) | Q(pk__in=self.managed_by(user).values("pk")))


class Resource(models.Model):
    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        VIDEO = "video", _("video")
        PROTOCOL = "protocol", _("protocol")
        GUIDE = "guide", _("conversation guide")
        OBSERVATION = "observation", _("observation form")
        SLIDES = "slides", _("slides")

    class Use(models.TextChoices):
        BEFORE = "before", _("to prepare")
        DURING = "during", _("in a session")
        COACHING = "coaching", _("in a coaching talk")
        SCHOOL = "school", _("at one’s own school")

    district = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="resources", verbose_name=_("district")
    )
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    use = models.CharField(_("use"), max_length=8, choices=Use.choices, default=Use.DURING)
    address = models.URLField(
        _("web address"), max_length=500, blank=True, help_text=_("Where it is read or watched.")
    )
    text = models.TextField(
        _("text"), blank=True, help_text=_("The protocol, guide or form itself, if it stands nowhere else.")
    )
    note = models.CharField(_("what it is good for"), max_length=300, blank=True)
    competencies: models.ManyToManyField = models.ManyToManyField(
        StandardNode, blank=True, related_name="resources", verbose_name=_("competencies")
    )
    sessions: models.ManyToManyField = models.ManyToManyField(
        LearningSession, blank=True, related_name="resources", verbose_name=_("learning sessions")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(address="") | ~Q(text=""),
                name="resource_somewhere",
                violation_error_message=_("Give a web address or the text itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
