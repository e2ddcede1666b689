"""The second guardian is asked by the first, and agrees under the own account.

Lock order: the child's row → the invitation → notice.
"""

from datetime import datetime

from django.db import transaction

from after_school import guardian_messages, messages
from after_school.actions import collecting
from after_school.actions.deciding import check_is_first
from after_school.models import GuardianInvitation, GuardianRight
from after_school.queries.children import guardians_of, is_barred
from after_school.rules import children, invitations
from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.names import name_key
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.queries.names import register_name
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.models import Guardianship, Resident
from diedie_edu.people.rules import consents

Answer = GuardianInvitation.Answer


@transaction.atomic
def invite_guardian(
    *,
    child: Resident,
    full_name: str,
    phone: str,
    relation: str,
    sees_notes: bool,
    decides: bool,
    by: User,
    now: datetime,
) -> GuardianInvitation:
    """Ask somebody, by the name and phone of their account; an older question is taken back.

    Raises `Refused` where nobody with this name and phone is registered (`unknown`), two
    guardians are there already (`two`), this person is barred (`barred`), `by` is not the first
    (`not_first`) or has asked often today (`often`).
    """
    check_is_first(child.pk, by)
    consents.check_child_is_open(lock_child_row(child.pk))
    children.free_place(guardians_of(child.pk))
    same = Resident.objects.filter(name_key=name_key(full_name), account__phone=phone)
    invited = invitations.check_known(same.first(), child, by.pk)
    collecting.check_is_not_barred(child, full_name, phone)
    asked = GuardianInvitation.objects.filter(child=child)
    invitations.check_not_often(asked.filter(invited_at__gte=moment(local_day(now))).count())
    for older in asked.filter(answered_at=None):
        _answer(older, Answer.TAKEN_BACK, by, now)
    made = GuardianInvitation.objects.create(
        child=child,
        invited=invited,
        relation=relation,
        sees_notes=sees_notes,
        decides=decides,
        invited_by=by,
        invited_at=now,
        expires_at=invitations.open_until(now),
    )
    _notify_invited(made, by, now)
    return made


def _notify_invited(made: GuardianInvitation, by: User, now: datetime) -> None:
    notify(
        kind=guardian_messages.GUARDIAN_INVITED,
        recipients=[made.invited_id],
        subject=messages.CHILD.of(made.child_id),
        revision=made.pk,
        data=messages.child_data(made.child, by=register_name(by), guardian_invitation=made.pk),
        now=now,
        expires_at=made.expires_at,
    )


@transaction.atomic
def accept_invitation(*, invitation: GuardianInvitation, by: User, now: datetime) -> GuardianRight:
    """Whoever was asked agrees: from now on they see the child's page and may collect.

    The first guardian is told. The same twice is one, but brings back no right that was taken
    since. Raises `Refused` where it does not hold any more (`over`), two guardians are there
    (`two`), or `by` is barred (`barred`) or one of them by another way meanwhile (`known`).
    """
    locked = _lock(invitation, by)
    child, guardian = locked.child, locked.invited
    had = GuardianRight.objects.filter(child=child, guardian=guardian).first()
    if had and locked.answer == Answer.ACCEPTED:
        return had
    consents.check_child_is_open(child)
    rights = list(guardians_of(child.pk))
    place = children.free_place(rights)
    children.check_is_no_guardian(guardian, rights)
    invitations.check_is_open(locked, now)
    invitations.check_is_of_the_first(locked, [row for row in rights if not is_barred(row)])
    _answer(locked, Answer.ACCEPTED, by, now)
    bond = {"defaults": {"relation": locked.relation}}
    Guardianship.objects.get_or_create(guardian=guardian, child=child, **bond)
    right = GuardianRight.objects.create(
        child=child,
        guardian=guardian,
        place=place,
        sees_notes=locked.sees_notes,
        decides=locked.decides,
    )
    collecting.list_guardian(
        child=child, guardian=guardian, relation=locked.relation, by=by, now=now
    )
    trail.note(trail.Kind.CUSTODY, by=by.pk, what=f"child {child.pk}", now=now)
    _notify_first(guardian_messages.GUARDIAN_AGREED, locked, by, now)
    return right


@transaction.atomic
def decline_invitation(*, invitation: GuardianInvitation, by: User, now: datetime) -> None:
    """Whoever was asked says no; the first guardian is told. Raises `Refused` (`over`) where it
    has been answered or taken back."""
    locked = _lock(invitation, by)
    if locked.answer != Answer.DECLINED:
        invitations.check_is_open(locked, now)
        _answer(locked, Answer.DECLINED, by, now)
        _notify_first(guardian_messages.GUARDIAN_DECLINED, locked, by, now)


@transaction.atomic
def take_back_invitation(*, invitation: GuardianInvitation, by: User, now: datetime) -> None:
    """What has been answered stays. Raises `Refused` where `by` is not the first guardian."""
    check_is_first(invitation.child_id, by)
    lock_child_row(invitation.child_id)
    locked = GuardianInvitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.answered_at is None:
        _answer(locked, Answer.TAKEN_BACK, by, now)


def _lock(invitation: GuardianInvitation, by: User) -> GuardianInvitation:
    """Of the account that was asked. Raises `GuardianInvitation.DoesNotExist` for another's."""
    lock_child_row(invitation.child_id)
    own = GuardianInvitation.objects.filter(invited__account=by)
    rows = own.select_related("child", "invited__account").select_for_update(of=("self",))
    return rows.get(pk=invitation.pk)


def _answer(invitation: GuardianInvitation, answer: str, by: User, now: datetime) -> None:
    invitation.answer, invitation.answered_by, invitation.answered_at = answer, by, now
    invitation.save(update_fields=["answer", "answered_by", "answered_at"])
    if answer == Answer.TAKEN_BACK:
        subject = messages.CHILD.of(invitation.child_id)
        cancel(subject=subject, kinds=[guardian_messages.GUARDIAN_INVITED], now=now)


def _notify_first(kind: Kind, invitation: GuardianInvitation, by: User, now: datetime) -> None:
    collecting.notify_others(
        kind, invitation.child, by, now, invitation.pk, who=invitation.invited.full_name
    )
