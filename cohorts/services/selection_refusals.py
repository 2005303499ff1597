"""Why a choice of focus is refused. str() of each is the sentence that the person reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cohorts.choosing import Choosing
from cohorts.models import CompetencySelection, Membership, ProgramYear, StandardNode
from leaderdev.common.dates import day_in_words


class SelectionRefusedError(Exception):
    """The choice was not stored; str() says why and what to do."""


class YearNotOpenError(SelectionRefusedError):
    def __init__(self, year: ProgramYear) -> None:
        if year.is_draft:
            text = _("The program year %(year)s is still being set up. You can choose once it is open.")
        else:
            text = _("The program year %(year)s is closed. Its choices stay as they were.")
        super().__init__(text % {"year": year.label})


class NoDaysOfChoosingError(SelectionRefusedError):
    def __init__(self, year: ProgramYear) -> None:
        super().__init__(
            _("The days of choosing for %(year)s are not set yet. Ask %(whom)s when they will be.")
            % {"year": year.label, "whom": whom_to_ask(year)}
        )


class NotOpenYetError(SelectionRefusedError):
    def __init__(self, year: ProgramYear) -> None:
        assert year.selection_opens_on is not None  # noqa: S101 (the phase says so)
        super().__init__(
            _("Choosing opens on %(day)s. Until then you can read what is offered.")
            % {"day": day_in_words(year.selection_opens_on)}
        )


class WindowOverError(SelectionRefusedError):
    def __init__(self, year: ProgramYear) -> None:
        assert year.selection_closes_on is not None  # noqa: S101 (the phase says so)
        super().__init__(
            _(
                "Choosing closed on %(day)s. Ask %(whom)s: "
                "a program lead can move the last day in the set-up of the year."
            )
            % {"day": day_in_words(year.selection_closes_on), "whom": whom_to_ask(year)}
        )


class AlreadyChosenError(SelectionRefusedError):
    def __init__(self, current: CompetencySelection) -> None:
        super().__init__(
            _("You have chosen already: %(competency)s. To choose again, change your focus and say why.")
            % {"competency": current.competency}
        )


class NothingToChangeError(SelectionRefusedError):
    def __init__(self) -> None:
        super().__init__(
            _("You have not chosen a focus yet, so there is nothing to change. Choose one first.")
        )


class SameCompetencyError(SelectionRefusedError):
    def __init__(self, competency: StandardNode) -> None:
        super().__init__(
            _("“%(competency)s” is your focus already. Choose another one, or keep it.")
            % {"competency": competency}
        )


class NotOfferedError(SelectionRefusedError):
    """Names no competency: what was asked for may belong to another district."""

    def __init__(self, year: ProgramYear) -> None:
        super().__init__(
            _("This competency is not offered in %(year)s. Choose one from the list.") % {"year": year.label}
        )


class OtherCohortsCompetencyError(SelectionRefusedError):
    def __init__(self, year: ProgramYear) -> None:
        super().__init__(
            _("This competency is offered to another cohort, not to %(cohort)s. Choose one from the list.")
            % {"cohort": year.cohort}
        )


class OtherCohortsYearError(SelectionRefusedError):
    def __init__(self, year: ProgramYear) -> None:
        super().__init__(
            _("You do not belong to %(cohort)s, so you cannot choose a focus there.")
            % {"cohort": year.cohort}
        )


class LeftCohortError(SelectionRefusedError):
    def __init__(self, membership: Membership) -> None:
        if membership.left_on is None:
            text = _("You are no longer on the district’s roll, so you cannot choose a focus.")
        else:
            text = _("You left this cohort on %(day)s, so you cannot choose a focus in it.") % {
                "day": day_in_words(membership.left_on)
            }
        super().__init__(text)


class NotYoursToChooseError(SelectionRefusedError):
    def __init__(self) -> None:
        super().__init__(_("Each participant chooses for themselves; nobody chooses for another person."))


class WordsMissingError(SelectionRefusedError):
    def __init__(self) -> None:
        super().__init__(_("Say in a sentence or two why you choose this competency."))


class ReasonMissingError(SelectionRefusedError):
    def __init__(self) -> None:
        super().__init__(_("Say why you change your focus: pick one of the reasons."))


class NobodyToRemindError(SelectionRefusedError):
    """A reminder that would lead its reader to a closed door."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "People can only be reminded while choosing is open. "
                "Move the days of choosing in the set-up of the year first."
            )
        )


def refusal_of(year: ProgramYear, phase: Choosing) -> SelectionRefusedError | None:
    """Why nobody can make a first choice in this phase; None while choosing is open."""
    refusals: dict[Choosing, type[SelectionRefusedError]] = {
        Choosing.SETTING_UP: YearNotOpenError,
        Choosing.YEAR_CLOSED: YearNotOpenError,
        Choosing.NO_DAYS: NoDaysOfChoosingError,
        Choosing.NOT_YET: NotOpenYetError,
        Choosing.OVER: WindowOverError,
    }
    return refusals[phase](year) if phase in refusals else None


def whom_to_ask(year: ProgramYear) -> str:
    """The district's contact person with address, as far as the district gave them."""
    district = year.cohort.district
    name, email = district.contact_name, district.contact_email
    if name and email:
        return f"{name} ({email})"
    return name or email or _("your program lead")
