"""What may be written, submitted, taken back and withdrawn."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.office.models import Document, State, Version, Work

# House rule: the days of a year by which its documents are due; a year's plan, money and ways to
# tell of it before the season begins, its summary before the year ends.
DUE = {
    Work.PLAN: (1, 31),
    Work.BUDGET: (1, 31),
    Work.RULES: (2, 28),
    Work.PUBLICITY: (2, 28),
    Work.SUMMARY: (12, 20),
}


def kind_slug(work: str) -> str:
    """Names the kind of request about a work in the database, for ever."""
    return f"office-{work}"


def due_on(work: str, year: int) -> date:
    """When a year's document is due, until a branch lead says another day."""
    month, day = DUE[Work(work)]
    return date(year, month, day)


def check_is_draft(version: Version) -> None:
    """House rule: what was submitted stays as it was read. Raises `Refused` (`not_draft`)."""
    if not version.is_draft:
        raise Refused(
            "not_draft",
            _("This version is no draft any more: %(state)s. Take it back, or begin a new one.")
            % {"state": version.get_state_display()},
        )


def check_may_submit(version: Version, *, says_something: bool, was_approved: bool) -> None:
    """House rule: an empty document is not reviewed, and whoever changes what was approved says
    why. Raises `Refused` (`not_draft`, `empty`, `no_reason`, `no_day`)."""
    check_is_draft(version)
    if not says_something:
        raise Refused("empty", _("There is nothing in it yet. Write something first."))
    if was_approved and not version.reason.strip():
        raise Refused(
            "no_reason", _("Please write why a new version is needed: an older one is approved.")
        )
    if version.document.work == Work.RULES and version.in_force_from is None:
        raise Refused("no_day", _("Please write from which day these rules hold."))


def check_waits(version: Version) -> None:
    """House rule: what is decided is not taken back. Raises `Refused` (`decided`)."""
    if version.state != State.SUBMITTED:
        raise Refused(
            "decided",
            _("This does not wait any more: %(state)s.") % {"state": version.get_state_display()},
        )


def check_may_enter_signed(version: Version, document: Document, today: date) -> None:
    """House rule: what was approved on paper before the portal knew of it comes in once, as the
    first version, and says who signed it when. Raises `Refused` (`not_draft`, `not_first`,
    `not_signed`, `signed_later`)."""
    check_is_draft(version)
    if version.number != 1:
        raise Refused(
            "not_first", _("%(document)s is reviewed here already.") % {"document": document}
        )
    if not (version.signed_on and version.signed_by):
        raise Refused("not_signed", _("Please give the day, and who signed it."))
    if version.signed_on > today:
        raise Refused("signed_later", _("It cannot have been signed after today."), "signed_on")


def check_may_revoke(version: Version, reason: str) -> None:
    """House rule: an approval that was a mistake is withdrawn with a reason that its authors
    read. Raises `Refused` (`not_approved`, `no_reason`)."""
    if version.state != State.APPROVED:
        raise Refused(
            "not_approved",
            _("Only a version in force loses its approval. This one: %(state)s.")
            % {"state": version.get_state_display()},
        )
    if not reason.strip():
        raise Refused("no_reason", _("Please write the reason: its authors read it."), "reason")
