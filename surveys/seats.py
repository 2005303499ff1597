"""Who answers: a membership at a wave, however the person came in."""

from __future__ import annotations

from dataclasses import dataclass

from cohorts.models import Membership
from surveys import keys
from surveys.models import Response, Wave


@dataclass(frozen=True)
class Seat:
    """`blind` for a code on a shared device: who handed it out must not read with it what was answered, nor
    write over it. `sheet` then names what is typed from one entering of the code to the next.
    """

    wave: Wave
    membership: Membership
    blind: bool = False
    sheet: str = ""

    def pairing_key(self) -> str:
        """Raises keys.KeyMissingError where the survey's key cannot be read."""
        survey = self.wave.survey
        return keys.pairing_key(keys.read_key(survey.key_name), survey.pk, f"member:{self.membership.pk}")

    def response(self) -> Response | None:
        """The person's own response, sent or not; None before the first answer."""
        found = Response.objects.filter(wave=self.wave, pairing_key=self.pairing_key())
        return next(iter(found), None)
