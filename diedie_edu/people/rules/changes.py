"""What may be done to whole records, pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.community.waking import after_the_night
from diedie_edu.people.models import RecordChange, Resident
from diedie_edu.people.rules import residents

UNDO_FOR = timedelta(days=30)
OF_RESIDENTS = {Role.RESIDENT, Role.VOLUNTEER}


def undo_until(done_at: datetime) -> datetime:
    """House rule: `UNDO_FOR`, and never to an end at night."""
    return after_the_night(done_at + UNDO_FOR)


def check_says_why(reason: str) -> None:
    """House rule: what is done to a whole record has a reason that a colleague can read."""
    if not reason.strip():
        raise Refused("no_reason", _("Please say why, in a few words."), "reason")


def check_is_another(by: User, people: Iterable[Resident]) -> None:
    """House rule: nobody takes over a record, or ends one, in the own name."""
    if any(person.account_id == by.pk for person in people):
        raise Refused("own", _("This is your own record. Let a colleague do that."))


def check_can_be_one(kept: Resident, gone: Resident, today: date) -> None:
    """House rule: a child and a grown-up are two, and so are two whose ages are both known and lie
    apart by more than a slip of the pen (a year)."""
    if kept.birth_date is None or gone.birth_date is None:
        return
    ages = {residents.is_child(person.birth_date, today) for person in (kept, gone)}
    if len(ages) == 2 or abs(kept.birth_date - gone.birth_date) > timedelta(days=366):
        raise Refused(
            "birth_dates",
            _("Their dates of birth say that they are two people. Put the wrong one right first."),
        )


def check_is_one_way(kept: Resident, gone: Resident) -> None:
    """House rule: whoever is gone and whoever is here are not one; first say which is true."""
    if kept.is_gone != gone.is_gone:
        raise Refused(
            "departure",
            _("One of the two has moved away or died, the other has not. First put that right."),
        )


def check_phones_are_settled(is_changing: bool) -> None:
    """House rule: a phone that is just being changed comes to rest first."""
    if is_changing:
        raise Refused(
            "phone_changes",
            _("A phone of one of the two is just being changed. Please wait until that is done."),
        )


def check_roles_end_first(roles: Iterable[str]) -> None:
    """House rule: an account by which somebody works here is not merged away."""
    if not OF_RESIDENTS.issuperset(roles):
        raise Refused(
            "works_here",
            _(
                "The account that would go has duties in the portal. Keep the other record, or "
                "end its roles first."
            ),
        )


def check_can_be_undone(change: RecordChange, now: datetime) -> None:
    """House rule: within `UNDO_FOR`, and once."""
    if change.undone_at is not None:
        raise Refused("undone", _("This has been undone already."))
    if change.undo_until is None or change.undo_until <= now or not change.notes:
        raise Refused("too_late", _("This can no longer be undone; what it needs is not kept."))


def check_still_stands(kept: Resident, gone: Resident) -> None:
    """House rule: what was merged on is parted from the last merge backwards."""
    if kept.erased_at is not None or gone.merged_into_id != kept.pk:
        raise Refused(
            "merged_on", _("This record was merged or erased since. Undo the later step first.")
        )


def check_is_here(resident: Resident) -> None:
    """House rule: whoever has moved away or died is entered nowhere any more."""
    if resident.is_gone:
        raise Refused(
            "gone", _("This person has moved away or died; a colleague can put it right.")
        )


def check_departure(resident: Resident, day: date, today: date) -> None:
    """House rule: once, and not before it is so."""
    check_is_here(resident)
    if day > today:
        raise Refused("ahead", _("This day lies ahead. Please note it when it has come."), "day")


def check_is_gone(resident: Resident) -> None:
    """House rule: back comes whoever is gone."""
    if not resident.is_gone:
        raise Refused("here", _("This person is here."))


def check_part(members: int, leaving: int) -> None:
    """House rule: some leave and some stay."""
    if not leaving:
        raise Refused("nobody", _("Please choose who leaves the household."), "members")
    if leaving == members:
        raise Refused(
            "everybody",
            _("Everybody would leave. To move all of them, change the household's address."),
            "members",
        )
