"""How a service says no; it lives in common, because documents are refused there too."""

from leaderdev.common.refusals import RefusedError

__all__ = ["RefusedError"]
