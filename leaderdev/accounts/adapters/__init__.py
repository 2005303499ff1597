"""Where allauth asks us: who may enter, from where, and what must be proven again."""

from leaderdev.accounts.adapters.account import AccountAdapter
from leaderdev.accounts.adapters.mfa import MFAAdapter
from leaderdev.accounts.adapters.social import SocialAccountAdapter

__all__ = ["AccountAdapter", "MFAAdapter", "SocialAccountAdapter"]
