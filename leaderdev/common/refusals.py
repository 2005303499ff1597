"""How a service says no."""

from __future__ import annotations

from collections.abc import Sequence


class RefusedError(Exception):
    """The move is not possible now. `sentences` say why, each for the person who tried."""

    def __init__(self, sentences: Sequence[str] | str) -> None:
        self.sentences = [sentences] if isinstance(sentences, str) else list(sentences)
        super().__init__(" ".join(self.sentences))
