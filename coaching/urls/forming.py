"""Forming trios, and what participants wish for them."""

from django.urls import URLPattern, path

from coaching.views import forming, trio_proposals, trio_wishes

_YEAR = "cohorts/<slug:slug>/<slug:year>"
_FORMING = f"{_YEAR}/forming-trios"
_PROPOSAL = f"{_FORMING}/<int:number>"

urlpatterns: list[URLPattern] = [
    path(f"{_FORMING}/", forming.forming, name="forming"),
    path(f"{_FORMING}/rules/", forming.rules, name="forming_rules"),
    path(f"{_FORMING}/repair/", forming.repair, name="forming_repair"),
    path(f"{_FORMING}/travel/", forming.travel, name="forming_travel"),
    path(f"{_FORMING}/compare/", trio_proposals.compare, name="forming_compare"),
    path(f"{_PROPOSAL}/", trio_proposals.proposal, name="proposal"),
    path(f"{_PROPOSAL}/step/", trio_proposals.step, name="proposal_step"),
    path(f"{_PROPOSAL}/move/<int:member>/", trio_proposals.move, name="proposal_move"),
    path(f"{_PROPOSAL}/publish/", trio_proposals.publish, name="proposal_publish"),
    path(f"{_YEAR}/trio-wishes/", trio_wishes.wishes, name="trio_wishes"),
]
