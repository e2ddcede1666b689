"""Decisions on corrected names and dates of birth, pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.people.rules import residents


def check_stays_what_it_is(old: date | None, new: date | None, today: date) -> None:
    """PIPL art. 31: no correction makes a child of a grown-up, who would be without a consent, or a
    grown-up of a child. Raises `Refused` (`grown`, `guardian_first`, and as `check_birth_date`)."""
    if not residents.is_child(old, today):
        residents.check_may_be_stored(new, today)
        return
    if new is not None:
        residents.check_birth_date(new, today)
    if not residents.is_child(new, today):
        raise Refused(
            "grown",
            _(
                "By this date the child would be 14 or older, and no consent would count. Bring "
                "the paper to the service desk."
            ),
            "birth_date",
        )


def check_paper_was_seen(paper: str) -> None:
    """PIPL art. 46: what is corrected is made sure of. Raises `Refused` (`no_paper`)."""
    if not paper:
        raise Refused("no_paper", _("First say which paper you saw, beside the request."))


def check_changes_something(is_same: bool) -> None:
    """House rule: nobody decides on nothing. Raises `Refused` (`same`)."""
    if is_same:
        raise Refused("same", _("This is what stands there already."))
