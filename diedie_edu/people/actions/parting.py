"""A household of which some have moved out."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.deeds import Deed
from diedie_edu.common.errors import Refused
from diedie_edu.common.patience import gives_way
from diedie_edu.common.typed import check_says_something, typed_key
from diedie_edu.people.actions import changes, events
from diedie_edu.people.models import Household, PersonEvent, RecordChange, Resident
from diedie_edu.people.rules import changes as rules


@gives_way
def part_household(
    *,
    household: Household,
    members: Collection[Resident],
    new: Household,
    reason: str,
    by: User,
    now: datetime,
) -> RecordChange:
    """`members` leave it for a `new` one (not saved), with its own address and phone. Nobody of the
    one acts for anybody of the other any more.

    Raises `Refused` (`nobody`, `everybody`, `says_nothing`, `label`, `changed`, `no_reason`).
    """
    leaving = changes.lock_present(*members)
    everybody = Resident.objects.filter(household=household).count()
    rules.check_says_why(reason)
    check_says_something(new.label, "label")
    rules.check_part(everybody, len(leaving))
    if any(person.household_id != household.pk for person in leaving):
        raise Refused("changed", _("This household has changed meanwhile. Please look again."))
    if Household.objects.filter(label_key=typed_key(new.label)).exists():
        raise Refused("label", _("There is a household of this name already."), "label")
    deed = Deed(by, now)
    deed.make(new)
    for person in leaving:
        deed.change(person, household_id=new.pk)
    made = changes.write_down(RecordChange.Kind.SPLIT, leaving[0], deed, reason)
    for person in leaving:
        events.note(resident=person, kind=PersonEvent.Kind.FAMILY, by=by, now=now, reason=reason)
    return made
