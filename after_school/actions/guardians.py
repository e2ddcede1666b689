"""The second guardian of a child, what each sees and decides, and what is left of one who goes."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from after_school.actions.collecting import end_what_they_gave
from after_school.actions.consenting import end_consents_of_others
from after_school.actions.custody import end_right
from after_school.actions.deciding import check_is_first
from after_school.models import Collector, CollectorPass, GuardianRight, Presence
from after_school.rules import children
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_now
from diedie_edu.common.names import name_key
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules.erasures import Matter

GONE = "–"


def change_right(*, right: GuardianRight, sees_notes: bool, decides: bool, by: User) -> None:
    """What the second guardian sees and decides. Raises `Refused` where `by` is not the first."""
    check_is_first(right.child_id, by)
    GuardianRight.objects.filter(pk=right.pk, place=GuardianRight.Place.SECOND).update(
        sees_notes=sees_notes, decides=decides
    )
    trail.note(trail.Kind.CUSTODY, by=by.pk, what=f"child {right.child_id}", now=local_now())


@transaction.atomic
def remove_guardian(*, right: GuardianRight, by: User, now: datetime) -> None:
    """The second guardian sees and collects no more, and a consent of theirs ends where the first
    has consented. Raises `Refused` where `by` is not the first, or `right` is."""
    check_is_first(right.child_id, by)
    children.check_can_be_taken_out(right)
    end_right(right=right, reason=_("no guardian here any more"), by=by, now=now)
    end_consents_of_others(right.child, by, now)


# --- A guardian or a collector who is erased -------------------------------------------


def forget_guardian(child: Resident, guardian: Resident, now: datetime) -> None:
    """Somebody else answers for the child from now on, and is first."""
    right = GuardianRight.objects.filter(child=child, guardian=guardian).first()
    if right is not None:
        end_what_they_gave(right, now)
        right.delete()
        GuardianRight.objects.filter(child=child).update(
            place=GuardianRight.Place.FIRST, decides=True
        )
    own = Collector.objects.filter(child=child, guardian=guardian)
    _empty(own, now)
    own.update(guardian=None)


def forget_collector(person: Resident, now: datetime) -> None:
    """Whoever was named for other people's children collects them no more."""
    known = Q(name_key=person.name_key, phone_key=person.phone_key) & ~Q(phone_key="")
    _empty(Collector.objects.filter(known), now)
    passes = CollectorPass.objects.filter(known)
    passes.filter(used_at=None, taken_back_at=None).update(taken_back_at=now)
    passes.update(full_name=GONE, name_key=name_key(GONE), phone="", phone_key="")


def _empty(collectors: QuerySet[Collector], now: datetime) -> None:
    """A bar keeps name and phone as long as the child is here: it protects the child."""
    ended = {"ended_at": Coalesce("ended_at", Value(now))}
    words = {"full_name": GONE, "name_key": name_key(GONE), "phone": GONE, "phone_key": ""}
    collectors.filter(barred_at=None).update(**words, **ended)


def matters(person: Resident, now: datetime) -> Iterator[Matter]:
    """No child is left without somebody who is told of it, or to go home with."""
    for right in GuardianRight.objects.filter(guardian=person).select_related("child"):
        if GuardianRight.objects.filter(child=right.child_id).exclude(pk=right.pk).exists():
            continue
        child, bonds = right.child, Guardianship.objects.filter(child=right.child_id)
        if Presence.objects.filter(Presence.INSIDE, child=child).exists():
            text = _("%s is at the 4:30 school at this moment. It can be done afterwards.")
            yield Matter(text % child.full_name, stops=True)
        elif bonds.exclude(guardian=person).exists():
            text = _("First another guardian of %s is entered at the 4:30 school.")
            yield Matter(text % child.full_name, stops=True)
