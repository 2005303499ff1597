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
    # Certificates and transcripts, likewise.
    "attendance-papers": {
        "task": "cohorts.tasks.sweep_attendance_papers",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # Reports of findings, likewise.
    "survey-reports": {
        "task": "surveys.tasks.sweep_reports",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # Evidence removed a month ago, files that no row names. Twenty minutes after the tidying above.
    "files": {"task": "growthplans.tasks.tidy_files", "schedule": crontab(hour=8, minute=30)},
    # Proposals of trios that a lost message or a killed worker left behind.
    "trio-proposals": {
        "task": "coaching.tasks.sweep_trio_proposals",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # Calendars that people keep elsewhere: each is due every three hours, later after a failure.
    "own-calendars": {
        "task": "coaching.tasks.read_own_calendars",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    # Who is due, and what is due. It expires before the next comes: no queue builds up.
    "remind": {
        "task": "leaderdev.reminders.tasks.remind",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # A year that was opened, a session that was added, somebody who came or left: who lacks an invitation
    # to a learning session gets it. Three queries for each open year where nothing has changed.
    "invite-to-sessions": {
        "task": "cohorts.tasks.invite_to_sessions",
        "schedule": 300.0,
        "options": {"expires": 290},
    },
    # Who left a trio, or came to it, has its planned meetings taken out of the calendar or put in.
    "follow-seats": {
        "task": "coaching.tasks.follow_seats",
        "schedule": crontab(minute=40),
        "options": {"expires": 3000},
    },
    # Waves whose last moment has passed: drafts are erased and the two ledgers shuffled.
    "survey-waves": {"task": "surveys.tasks.settle_waves", "schedule": 300.0, "options": {"expires": 290}},
}
