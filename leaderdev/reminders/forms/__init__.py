"""Forms of this app."""

from leaderdev.reminders.forms.choices import ChoicesForm
from leaderdev.reminders.forms.running import TextForm, WishesForm

__all__ = ["ChoicesForm", "TextForm", "WishesForm"]
