"""Every page for every role: the people are the same throughout."""

from tests.standing import cast, other, standing

__all__ = ["cast", "other", "standing"]
