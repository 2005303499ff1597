"""Pages that mix learning sessions with surveys and growth plans: exit feedback, the year's trend, steps."""
