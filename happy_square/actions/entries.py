"""Members whom the leader writes down by name and phone.

The page only writes a row; who is meant is looked up in the background, so neither the answer nor
its time tells whether the register knows somebody. Whoever is found hears and may say no; of others
staff see to it.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import presence
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Attendance, How, Occasion, SignUp
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import name_key
from diedie_edu.common.phones import phone_key
from diedie_edu.community.waking import quiet_until
from diedie_edu.door.rules import opening
from diedie_edu.notices.actions import notify
from diedie_edu.people.actions.residents import add_resident
from diedie_edu.people.models import Resident
from happy_square import member_messages as messages
from happy_square.actions import members
from happy_square.models import Group, MemberEntry, Membership
from happy_square.queries.leaders import leader_ids
from happy_square.rules.dates import check_meets
from happy_square.rules.members import check_is_grown, check_since

STAFF_HAVE = timedelta(days=30)
ENTRIES = Throttle("members written down", "GROUP_ENTRIES_PER_HOUR")


@transaction.atomic
def write_down(
    *,
    group: Group,
    full_name: str,
    phone: str,
    since: date,
    occasion: Occasion | None = None,
    by: User,
    now: datetime,
) -> None:
    """Keep who is meant: a member or, at an `occasion`, a newcomer. Twice is harmless.

    Raises `Refused` for a day ahead (`since`) and for too many within an hour (`too_many`).
    """
    check_meets(group)
    check_since(since, local_day(now))
    if ENTRIES.is_used_up(str(group.pk), now):
        raise Refused("too_many", _("That is enough for now. Please go on in an hour."))
    ENTRIES.count(str(group.pk), now)
    MemberEntry.objects.get_or_create(
        group=group,
        occasion=occasion,
        name_key=name_key(full_name),
        phone_key=phone_key(phone),
        defaults={
            "full_name": full_name,
            "phone": phone,
            "since": since,
            "entered_at": now,
            "entered_by": by,
        },
    )


@transaction.atomic
def look_up(now: datetime) -> int:
    """At every tick: whom the rows mean, and which of them are settled; how many hear. Groups are
    locked by id, as everywhere."""
    new = MemberEntry.objects.filter(sign_up=None, attendance=None, is_for_staff=False)
    rows = new.select_related("group", "occasion", "entered_by").order_by("group", "pk")
    locked = list(rows.select_for_update(of=("self",), skip_locked=True))
    told = sum(_look_up(row, now) for row in locked)
    over = Q(sign_up__membership__agreed_at__isnull=False)
    if quiet_until(now) is None:  # no time to say no ends at night
        over |= Q(entered_at__lt=now - timedelta(days=settings.GROUP_ANSWER_DAYS))
    gone = Q(sign_up__isnull=False) & ~Q(sign_up__status__in=SignUp.LIVE)
    found = Q(sign_up__isnull=False) | Q(attendance__isnull=False)
    MemberEntry.objects.filter(found, over | gone).delete()
    _give_up(now)
    return told


def _give_up(now: datetime) -> None:
    """A name and a phone that staff could not make sure of do not stay for ever."""
    late = MemberEntry.objects.filter(is_for_staff=True, entered_at__lt=now - STAFF_HAVE)
    for row in late.select_related("group"):
        drop(entry=row, by=None, now=now)


def _look_up(row: MemberEntry, now: datetime) -> bool:
    same = Resident.objects.filter(name_key=row.name_key, phone_key=row.phone_key)
    found = list(same[:2])
    if len(found) == 1:
        try:
            _take_in(row, found[0], now)
        except Refused:
            found = []
    MemberEntry.objects.filter(pk=row.pk).update(is_for_staff=len(found) != 1)
    return len(found) == 1


@transaction.atomic
def _take_in(row: MemberEntry, person: Resident, now: datetime) -> None:
    """Whoever belongs to it already hears nothing. Raises `Refused`."""
    check_is_grown(person, row.group, local_day(now))
    if row.occasion is not None:
        _let_in(row, row.occasion, person, now)
        return
    sign_up = members.take_in(
        group=row.group,
        resident=person,
        since=row.since,
        kind=messages.ADDED,
        by=row.entered_by,
        now=now,
    )
    MemberEntry.objects.filter(pk=row.pk).update(sign_up=sign_up)


def _let_in(row: MemberEntry, occasion: Occasion, person: Resident, now: datetime) -> None:
    """A newcomer was there, and is no member by that. Raises `Refused` once the register is closed:
    by then the public may have seen the month's figures."""
    opening.check_register_open(occasion, now)
    about = {"how": How.WALK_IN, "recorded_by": row.entered_by}
    attendance, is_new = Attendance.objects.get_or_create(
        occasion=occasion, resident=person, defaults=about | {"arrived_at": occasion.starts_at}
    )
    if is_new:
        MemberEntry.objects.filter(pk=row.pk).update(attendance=attendance)
    else:
        row.delete()


# --- What staff and the person do ------------------------------------------------------


@transaction.atomic
def complete(*, entry: MemberEntry, by: User, now: datetime) -> None:
    """Staff have made sure who it is: somebody of the register with that name and phone, or new.

    Raises `Refused` as joining does. Twice is harmless.
    """
    row = MemberEntry.objects.select_for_update().filter(pk=entry.pk, is_for_staff=True).first()
    if row is None:
        return
    person = add_resident(full_name=row.full_name, phone=row.phone)
    MemberEntry.objects.filter(pk=row.pk).update(is_for_staff=False)
    _take_in(row, person, now)


@transaction.atomic
def drop(*, entry: MemberEntry, by: User | None, now: datetime) -> None:
    """Staff could not make sure who it is: nobody is entered, and the leader reads it."""
    rows = MemberEntry.objects.filter(pk=entry.pk, is_for_staff=True)
    if rows.delete()[0]:
        _tell_leaders(entry, now)


@transaction.atomic
def take_back(*, entry: MemberEntry, by: User, now: datetime) -> None:
    """The leader had written it down by mistake; whoever was found is no member."""
    rows = MemberEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk)
    row = rows.select_related("group").first()
    if row is None:
        return
    sign_up, attendance = row.sign_up, row.attendance
    if sign_up is not None:
        members.leave(group=row.group, resident=sign_up.resident, by=by, now=now)
    row.delete()
    if attendance is not None and attendance.resident_id is not None:
        who = [attendance.resident_id]
        presence.take_back(occasion=attendance.occasion_id, people=who, by=by, now=now)


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased nothing waits for staff either."""
    rows = MemberEntry.objects.filter(name_key=person.name_key, phone_key=person.phone_key)
    rows.exclude(phone_key="").delete()


def agree(*, sign_up: SignUp, now: datetime) -> None:
    """The person says yes; the first time counts."""
    Membership.objects.filter(pk=sign_up.pk, agreed_at=None).update(agreed_at=now)


@transaction.atomic
def say_no(*, sign_up: SignUp, now: datetime) -> None:
    """The person is no member; those who lead the group read it, without a reason."""
    entry = MemberEntry.objects.filter(sign_up=sign_up).select_related("group").first()
    group = Group.objects.get(pk=sign_up.activity_id)
    if members.leave(group=group, resident=sign_up.resident, by=None, now=now) and entry:
        _tell_leaders(entry, now)


def _tell_leaders(entry: MemberEntry, now: datetime) -> None:
    notify(
        kind=messages.SAID_NO,
        recipients=leader_ids(entry.group_id),
        subject=ACTIVITY.of(entry.group_id),
        revision=f"entry.{entry.pk}",
        data={
            "activity": entry.group_id,
            "title": entry.group.title,
            "person": entry.full_name,
        },
        now=now,
    )
