"""The second guardian of a child, and what each sees and decides."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from after_school.actions import collecting
from after_school.actions.consenting import end_consents_of_others
from after_school.actions.custody import end_right
from after_school.actions.deciding import check_is_first
from after_school.models import GuardianRight
from after_school.rules import children
from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import name_key
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules import consents


@transaction.atomic
def add_guardian(
    *,
    child: Resident,
    full_name: str,
    phone: str,
    relation: str,
    sees_notes: bool,
    decides: bool,
    by: User,
    now: datetime,
) -> GuardianRight:
    """Let a second guardian, who has an account, see the child's page and collect.

    Raises `Refused` where nobody with this name and phone is registered (`unknown`), two
    guardians are there already (`two`), or `by` is not the first (`not_first`).
    """
    check_is_first(child.pk, by)
    consents.check_child_is_open(child)
    same = Resident.objects.filter(name_key=name_key(full_name), account__phone=phone)
    guardian = same.first()
    if guardian is None or guardian == child:
        raise Refused(
            "unknown",
            _(
                "Nobody is registered with this name and phone. Ask the other guardian to "
                "register first, and check both."
            ),
            "phone",
        )
    try:
        with transaction.atomic():
            return _add(child, guardian, relation, sees_notes, decides, by, now)
    except IntegrityError as error:
        raise Refused("two", _("Two guardians are entered already.")) from error


def _add(
    child: Resident,
    guardian: Resident,
    relation: str,
    sees_notes: bool,
    decides: bool,
    by: User,
    now: datetime,
) -> GuardianRight:
    bond = {"defaults": {"relation": relation}}
    Guardianship.objects.get_or_create(guardian=guardian, child=child, **bond)
    right = GuardianRight.objects.create(
        child=child,
        guardian=guardian,
        place=GuardianRight.Place.SECOND,
        sees_notes=sees_notes,
        decides=decides,
    )
    collecting.list_guardian(child=child, guardian=guardian, relation=relation, by=by, now=now)
    return right


def change_right(*, right: GuardianRight, sees_notes: bool, decides: bool, by: User) -> None:
    """What the second guardian sees and decides. Raises `Refused` where `by` is not the first."""
    check_is_first(right.child_id, by)
    GuardianRight.objects.filter(pk=right.pk, place=GuardianRight.Place.SECOND).update(
        sees_notes=sees_notes, decides=decides
    )


@transaction.atomic
def remove_guardian(*, right: GuardianRight, by: User, now: datetime) -> None:
    """The second guardian sees and collects no more, and a consent of theirs ends where the first
    has consented. Raises `Refused` where `by` is not the first, or `right` is."""
    check_is_first(right.child_id, by)
    children.check_can_be_taken_out(right)
    end_right(right=right, reason=str(_("no guardian here any more")), by=by, now=now)
    end_consents_of_others(right.child, by, now)
