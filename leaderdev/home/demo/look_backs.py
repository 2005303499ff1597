"""What the demo’s facilitators write when they look back on a session; words of ours."""

from __future__ import annotations

NOTICED = (
    "More people spoke in the first twenty minutes than last time. The walk helped.",
    "I explained the protocol for eight minutes. Three would have done.",
    "The two tables at the back worked alone; I stood too long in front.",
    "Somebody asked why I do it this way, and that was the best moment of the day.",
    "The guest was good, and I had not told her how we end.",
    "Operations slid into the coffee break. I let it happen.",
)
NEXT_TIME = (
    "Ask somebody else to open the day.",
    "Say aloud why I interrupt, or do not interrupt.",
    "One protocol less, and ten minutes more for each.",
    "Sit with one group for the whole round.",
    "Send the question to bring a week earlier.",
    "Leave operations to the bulletin.",
)
