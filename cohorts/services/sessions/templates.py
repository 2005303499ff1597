"""Session templates: agendas kept as patterns for later sessions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import LearningSession, SessionTemplate
from cohorts.permissions import may_keep_templates, may_see_who_chose
from cohorts.services.errors import RefusedError
from cohorts.services.sessions.agenda import copy_items
from cohorts.services.sessions.guarding import checked, locked_session


@transaction.atomic
def keep_as_template(*, by: Any, session: LearningSession, name: str, shared: bool) -> SessionTemplate:
    """The agenda as it stands, as a pattern for later sessions."""
    session = locked_session(by, session, may_see_who_chose)
    if not session.items.kept().exists():
        raise RefusedError(_("The agenda is empty. Add items first; then it can be a template."))
    cohort = session.program_year.cohort
    template = SessionTemplate(
        district=cohort.district,
        cohort=cohort,
        name=name.strip(),
        purpose=session.purpose,
        shared=shared,
        made_by=by,
    )
    checked(template)
    template.save()
    copy_items(session, 0, template=template)
    return template


@transaction.atomic
def change_template(*, by: Any, template: SessionTemplate, name: str, shared: bool) -> SessionTemplate:
    """Another name, or shared or not; agendas that were copied from it stay as they are."""
    row = _locked(by, template)
    row.name, row.shared = name.strip(), shared
    checked(row)
    row.save(update_fields=["name", "shared"])
    return row


@transaction.atomic
def delete_template(*, by: Any, template: SessionTemplate) -> None:
    """The template and its items go for good; agendas that were copied from it stay as they are."""
    _locked(by, template).delete()


def _locked(by: Any, template: SessionTemplate) -> SessionTemplate:
    rows = SessionTemplate.objects.select_for_update(of=("self",)).select_related("cohort__district")
    row = rows.filter(pk=template.pk).first()
    if row is None:
        raise RefusedError(_("This template was deleted a moment ago."))
    if not may_keep_templates(by, row.cohort):
        raise PermissionDenied
    return row
