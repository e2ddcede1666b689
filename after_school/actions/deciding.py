"""Who decides for a child: every action of a guardian asks it, so that no door can forget it."""

from dataclasses import dataclass
from datetime import datetime

from after_school.models import FamilyEvent, GuardianRight
from after_school.queries import children as queries
from after_school.rules import children as rules
from after_school.rules import seeing
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.models import Resident
from diedie_edu.people.queries import live_consents
from diedie_edu.people.rules.consents import check_is_consented


@dataclass(frozen=True)
class OnBehalf:
    """Staff who do what a guardian asks for, by phone or at the desk, and why; `asked_by` is None
    where they act by themselves, as where they lift a bar."""

    staff: User
    asked_by: Resident | None
    reason: str


Actor = User | OnBehalf
# What counts at the gate, so that staff have seen who asks for it.
AT_THE_GATE = (FamilyEvent.What.NAMED, FamilyEvent.What.PASS, FamilyEvent.What.WALK)


def let_decide(child: int, by: Actor, what: str, now: datetime) -> User:
    """Whoever acts for this child (id): a guardian who decides, or staff on behalf of one, which
    is written down in the same transaction. Nobody takes that right away meanwhile.

    Raises `Refused` where a guardian does not decide: `decides_not`, or `barred` for one who may
    not collect the child; where staff are asked by one whom nobody has seen (`unconfirmed`) or
    it is their own case (`own`); and where there is no live consent for what counts at the gate
    (`locked`).
    """
    lock_child_row(child)
    is_at_the_gate = what in AT_THE_GATE
    if not isinstance(by, OnBehalf):
        _check_decides(queries.right_over(by, child))
    elif by.asked_by is not None:
        right = GuardianRight.objects.filter(child=child, guardian=by.asked_by).first()
        _check_decides(right)
        if is_at_the_gate:
            seeing.check_is_seen(right)
    if is_at_the_gate:
        row, today = Resident.objects.get(pk=child), local_day(now)
        check_is_consented(row, live_consents(row, today), today)
    return _written_down(child, by, what, now)


def _written_down(child: int, by: Actor, what: str, now: datetime) -> User:
    if not isinstance(by, OnBehalf):
        return by
    rules.check_is_not_concerned(is_concerned=queries.is_concerned(by.staff, child))
    told = {"asked_by": by.asked_by, "reason": by.reason}
    FamilyEvent.objects.create(child_id=child, what=what, by=by.staff, at=now, **told)
    return by.staff


def check_decides(child: Resident, guardian: Resident) -> None:
    """The same of a guardian whose form or paper is taken in, with an account or without. For a
    child whom nobody answers for here yet, each guardian does."""
    lock_child_row(child.pk)
    rights = list(GuardianRight.objects.filter(child=child))
    if rights:
        own = (right for right in rights if right.guardian_id == guardian.pk)
        _check_decides(next(own, None))


def check_is_first(child: int, by: User) -> None:
    """Raises `Refused` (`not_first`) where `by` is not the first guardian of this child (id)."""
    right = queries.right_over(by, child)
    rules.check_is_first(right)
    _check_decides(right)


def _check_decides(right: GuardianRight | None) -> None:
    rules.check_decides(right)
    rules.check_is_not_barred(is_barred=right is not None and queries.is_barred(right))
