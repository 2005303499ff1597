"""A reminder, what a cohort and a person want of them, and a district's own words."""

from leaderdev.reminders.models.choice import KindChoice
from leaderdev.reminders.models.cohort_mail import CohortMail, KindSwitch
from leaderdev.reminders.models.reminder import Reminder
from leaderdev.reminders.models.text import MailText

__all__ = ["CohortMail", "KindChoice", "KindSwitch", "MailText", "Reminder"]
