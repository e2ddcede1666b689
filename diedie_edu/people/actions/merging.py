"""Two records of one person become one."""

from datetime import datetime

from django.db import IntegrityError, transaction

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.deeds import Deed, read
from diedie_edu.common.merging import check_are_not_two, folded, follow, merge, refusal_by
from diedie_edu.common.patience import gives_way
from diedie_edu.people.actions import changes, events
from diedie_edu.people.models import PersonEvent, PhoneChange, RecordChange, Resident, Volunteer
from diedie_edu.people.rules import changes as rules

# Empty ones of the kept record take the other's value.
FILLED = ("surname_reading", "gender", "phone", "phone_key", "email", "household_id", "account_id")


@gives_way
def merge_residents(
    *, kept: Resident, gone: Resident, reason: str, by: User, now: datetime
) -> RecordChange:
    """All that `gone` has is `kept`'s from now on; its number leads there.

    What both have, and one person only once, ends as each app says (`common.merging`). Raises
    `Refused` where that cannot be, and as the rules of `rules.changes` do.
    """
    kept, gone = changes.lock_present(kept, gone)
    _check(kept, gone, reason, by, now)
    deed, was = Deed(by, now), Resident.rows.get(pk=gone.pk)
    try:
        with transaction.atomic():
            _join(kept, gone, was, deed)
            made = changes.write_down(RecordChange.Kind.MERGED, kept, deed, reason, gone)
    except IntegrityError as error:
        raise refusal_by(error) from error
    changes.rearrange([kept.pk], by, now)
    what = f"person {gone.pk} → {kept.pk}"
    trail.note(trail.Kind.MERGED, by=by.pk, what=what, now=now)
    events.note(resident=kept, kind=PersonEvent.Kind.MERGED, by=by, now=now, reason=reason)
    return made


def _check(kept: Resident, gone: Resident, reason: str, by: User, now: datetime) -> None:
    rules.check_says_why(reason)
    rules.check_is_another(by, (kept, gone))
    rules.check_can_be_one(kept, gone, local_day(now))
    rules.check_is_one_way(kept, gone)
    check_are_not_two(gone, kept)
    under_way = PhoneChange.objects.filter(PhoneChange.OPEN, resident__in=[kept, gone])
    rules.check_phones_are_settled(under_way.exists())
    if kept.account and gone.account:
        rules.check_roles_end_first(gone.account.role_grants.values_list("role", flat=True))


def _join(kept: Resident, gone: Resident, was: Resident, deed: Deed) -> None:
    if kept.birth_date is None:  # first, so that it is undone last: a child's rows ask for it
        deed.change(kept, birth_date=was.birth_date, erase_due_on=was.erase_due_on)
    merge(gone, kept, deed)
    _fill(kept, was, deed)


def _fill(kept: Resident, was: Resident, deed: Deed) -> None:
    """Where the kept record says nothing, the other's word stands; a no to messages stays a no. Of
    two accounts the kept one stays; the phone is that of the account."""
    if kept.account and was.account:
        merge(was.account, kept.account, deed)
    empty = [name for name in FILLED if getattr(kept, name) in ("", None)]
    values = {name: getattr(was, name) for name in empty}
    values["wants_sms"] = kept.wants_sms and was.wants_sms
    values["wants_email"] = kept.wants_email and was.wants_email
    if values.get("account_id"):
        values |= {"phone": was.phone, "phone_key": was.phone_key}
    if "surname_reading" in empty:
        values |= _sorted_as(kept, was)
    deed.change(kept, **values)


def _sorted_as(kept: Resident, was: Resident) -> dict[str, str]:
    """The reading of a surname is kept with the order that comes of it, for the same name alone."""
    same = kept.name_key == was.name_key
    one = was if same else kept
    return {"surname_reading": one.surname_reading, "sort_key": one.sort_key}


def one_volunteer(deed: Deed, met: Volunteer, own: Volunteer) -> None:
    """Kinds, skills, times, checks and duties of both are one volunteer's."""
    days = [day for day in (met.joined_on, own.joined_on) if day]
    deed.change(
        met,
        kinds=list(dict.fromkeys([*met.kinds, *own.kinds])),
        free_times=list(dict.fromkeys([*met.free_times, *own.free_times])),
        introduction=met.introduction or own.introduction,
        is_active=met.is_active or own.is_active,
        joined_on=min(days, default=None),
    )
    folded(deed, met, own)


def note_two_people(*, first: Resident, second: Resident, by: User, now: datetime) -> None:
    """They only look alike, and are proposed as one no more. Twice is harmless."""
    first, second = sorted((first, second), key=lambda person: person.pk)
    RecordChange.objects.get_or_create(
        kind=RecordChange.Kind.DIFFERENT,
        resident=first,
        other=second,
        defaults={"by": by, "at": now},
    )


@gives_way
def bring_after(*, now: datetime) -> int:
    """What somebody entered for a record in the very moment in which it was merged follows it, by
    the same rules; how many records that were. What the job finds it finds once."""
    recent = RecordChange.objects.filter(kind=RecordChange.Kind.MERGED, undone_at=None)
    followed = 0
    for change in recent.filter(at__gt=now - rules.UNDO_FOR).select_related("by"):
        rows = changes.lock_records([change.resident_id, change.other_id or 0])
        kept, gone = rows[change.resident_id], rows[change.other_id or 0]
        deed = Deed(change.by, now, read(change.notes))
        before = len(deed.notes)
        if gone.merged_into_id == kept.pk:
            follow(gone, kept, deed)
        if len(deed.notes) > before:
            changes.add_notes(change, deed)
            followed += 1
    return followed
