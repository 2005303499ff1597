"""Forms of this app: what people change about themselves (profile), and the doors they come in by (doors)."""

from leaderdev.accounts.forms.profile import AskAgainForm, CodeForm, ProfileForm

__all__ = ["AskAgainForm", "CodeForm", "ProfileForm"]
