"""Two tabs of one person at work on one plan: nothing that was acknowledged disappears unseen (F15)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growthplans.models import Revision
from growthplans.services.editing import Conflict, save_field

pytestmark = [pytest.mark.django_db, pytest.mark.fault]
# Each action: which tab, and whether it looks at the page again before it saves.
ACTIONS = st.lists(st.tuples(st.sampled_from("AB"), st.booleans()), min_size=2, max_size=7)


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_no_acknowledged_text_disappears(cast, plan, actions):
    """A save is applied on the version its tab has seen, or answered with the text that stands there."""
    plan.refresh_from_db()
    seen = dict.fromkeys("AB", plan.version)
    version, text, number = plan.version, plan.rationale, plan.last_revision
    for count, (tab, looks) in enumerate(actions):
        seen[tab] = version if looks else seen[tab]
        typed = f"{tab} {number} {count}"
        answer = save_field(
            by=cast.participant,
            plan=plan,
            part="plan",
            part_id=plan.pk,
            field="rationale",
            value=typed,
            version=seen[tab],
        )
        if seen[tab] == version:
            version, text = version + 1, typed
            assert answer.version == version
        else:
            assert answer == Conflict(version=version, current={"rationale": text})
        if not isinstance(answer, Conflict):
            seen[tab] = answer.version
    plan.refresh_from_db()
    assert (plan.version, plan.rationale) == (version, text)
    assert list(Revision.objects.filter(plan=plan, number__gt=number).values_list("after", flat=True))[
        -1:
    ] in (
        [text],
        [],
    )
    assert Revision.objects.filter(plan=plan).count() == plan.last_revision == plan.version - 1
