"""The clock of the background work. One table; every time is UTC, so a clock change moves and skips nothing.

Each entry only asks "is anything due?"; the rows decide, so two clocks by mistake do no harm. Due times in a
district's own zone are computed by the code that stores the row.
"""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    # Mail that a crash or an absent broker left behind, retries whose time has come, and the sign of life
    # that /readyz looks at. An empty sweep is two indexed queries.
    "sweep": {"task": "leaderdev.common.tasks.sweep", "schedule": 60.0, "options": {"expires": 55}},
    # Ended browser sessions, the texts of mail sent a month ago. 08:10 UTC is night in every zone of
    # North America, and not within the hour of midnight UTC where day-based rules change their answer.
    "tidy": {"task": "leaderdev.common.tasks.tidy", "schedule": crontab(hour=8, minute=10)},
    # Uploaded rosters that nobody confirmed within a day: personal data that must not lie about.
    "forget-rosters": {
        "task": "cohorts.tasks.forget_old_roster_imports",
        "schedule": crontab(minute=25),
        "options": {"expires": 3000},
    },
    # Printed plans: what a lost message or a killed worker left behind, and the erasing of those a day old.
    "documents": {
        "task": "growthplans.tasks.sweep_documents",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # Evidence removed a month ago, files that no row names. Twenty minutes after the tidying above.
    "files": {"task": "growthplans.tasks.tidy_files", "schedule": crontab(hour=8, minute=30)},
}
