"""What the demo’s people would change, for the last question at the end of a session; words of ours."""

from __future__ import annotations

WISHES = (
    "More time in our trios, less time in the large circle.",
    "Begin with the question that we were asked to bring.",
    "Leave the forms to the bulletin.",
    "Let us hear more of the small schools.",
    "The room was cold; the talk was not.",
    "Five minutes more for coffee, that is where I learn.",
    "Show us once more how you coach, and say why.",
    "An example from a high school next time.",
    "Nothing. Go on like this.",
    "Send the agenda two days earlier.",
    "Fewer slides, more of our own work on the table.",
    "I would like to stay with one protocol for three sessions.",
)
