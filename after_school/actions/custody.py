"""Who answers for a child changes: by the first guardian, or by staff on a paper they have seen.

Lock order: the child's row first.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Value, When

from after_school import family_messages, messages
from after_school.actions import collecting, seeing
from after_school.actions.consenting import end_consents_of_others
from after_school.actions.kept_away import free_beside
from after_school.models import Collector, FamilyEvent, GuardianRight
from after_school.queries.children import guardians_of, is_barred, is_concerned
from after_school.rules import children
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Guardianship, Resident


@dataclass(frozen=True)
class NewGuardian:
    """Somebody who answers for a child from now on, and stands at the desk."""

    full_name: str
    phone: str
    relation: str


@dataclass(frozen=True)
class Custody:
    """What the paper says: who goes, and who is first now (None: the new guardian).

    `agreement` is the consent that the first has signed with it, if any.
    """

    paper_reference: str
    reason: str
    leaving: Collection[GuardianRight]
    first: GuardianRight | None
    new: NewGuardian | None = None
    other_decides: bool = False
    agreement: consents.Agreement | None = None


@transaction.atomic
def change_custody(*, child: Resident, custody: Custody, by: User, now: datetime) -> None:
    """Staff write down who answers for a child from now on; those who remain are told.

    Whoever goes decides and collects no more, and is barred. Raises `Refused` where nobody is
    first (`nobody`), the first goes (`first_goes`) or is barred (`barred`), the new guardian is one
    already (`known`), two stay beside the new one (`two`), or it is the own case of `by` (`own`).
    """
    consents.lock_child_row(child.pk)
    children.check_is_not_concerned(is_concerned=is_concerned(by, child.pk))
    rights = list(guardians_of(child.pk))
    is_new = custody.new is not None
    children.check_custody(rights, custody.leaving, custody.first, is_new=is_new)
    if custody.first:
        children.check_is_not_barred(is_barred=is_barred(custody.first))
    for right in custody.leaving:
        end_right(right=right, reason=custody.reason, by=by, now=now)
    added = [_add(child, custody.new, by, now)] if custody.new else []
    first = custody.first or added[0]
    _put_first(first, custody.other_decides)
    if custody.agreement:
        consents.give_consent(
            child=child, guardian=first.guardian, agreement=custody.agreement, by=by, now=now
        )
    end_consents_of_others(child, by, now)
    told = {"reason": custody.reason, "paper_reference": custody.paper_reference}
    FamilyEvent.objects.create(
        child=child, what=FamilyEvent.What.CUSTODY, asked_by=first.guardian, by=by, at=now, **told
    )
    _note(child, by, now)
    _notify_who_remains(child, now)


def _note(child: Resident, by: User, now: datetime) -> None:
    trail.note(trail.Kind.CUSTODY, by=by.pk, what=f"child {child.pk}", now=now)


def _add(child: Resident, new: NewGuardian, by: User, now: datetime) -> GuardianRight:
    guardian = consents.add_grown_up(full_name=new.full_name, phone=new.phone)
    bond = {"defaults": {"relation": new.relation}}
    Guardianship.objects.get_or_create(guardian=guardian, child=child, **bond)
    children.check_is_no_guardian(guardian, guardians_of(child.pk))
    place = children.free_place(guardians_of(child.pk))
    right = GuardianRight.objects.create(child=child, guardian=guardian, place=place)
    seeing.note_sight(right=right, how=GuardianRight.Seen.DOCUMENT, by=by, now=now)
    collecting.list_guardian(child=child, guardian=guardian, relation=new.relation, by=by, now=now)
    return right


def _put_first(first: GuardianRight, other_decides: bool) -> None:
    """In one statement, for two change places."""
    is_first = When(pk=first.pk, then=Value(GuardianRight.Place.FIRST))
    GuardianRight.objects.filter(child=first.child_id).update(
        place=Case(is_first, default=Value(GuardianRight.Place.SECOND)),
        decides=Case(When(pk=first.pk, then=Value(True)), default=Value(other_decides)),
    )


def _notify_who_remains(child: Resident, now: datetime) -> None:
    remaining = {right.guardian_id: right.guardian.full_name for right in guardians_of(child.pk)}
    notify(
        kind=family_messages.CUSTODY_CHANGED,
        recipients=list(remaining),
        subject=messages.CHILD.of(child.pk),
        revision=f"{now:%s}",
        data=messages.child_data(child, who=", ".join(remaining.values())),
        now=now,
    )


def end_right(*, right: GuardianRight, reason: str, by: User, now: datetime) -> None:
    """A guardian decides and collects no more, and reads no messages of the child: barred, and all
    that they gave has ended."""
    child, guardian = right.child, right.guardian
    with suppress(Refused):  # barred already, by this row or another
        relation = Guardianship.Relation.OTHER
        collecting.list_guardian(child=child, guardian=guardian, relation=relation, by=by, now=now)
    own = Collector.objects.filter(child=child, guardian=guardian, barred_at=None)
    own.update(barred_at=now, barred_by=by, barred_reason=reason)
    free_beside(child.pk, by, now)
    collecting.end_what_they_gave(right, now)
    right.delete()
    Guardianship.objects.filter(child=child, guardian=guardian).delete()
    _note(child, by, now)
