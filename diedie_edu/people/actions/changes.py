"""What all changes of whole records share: one at a time, written down, undone within 30 days.

Lock order: the records of everybody → both residents (by id) → what each app holds. They stand back
from everybody else (`common.patience`), so this order need not be anybody else's.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common import deeds
from diedie_edu.common.deeds import Deed, Left
from diedie_edu.common.errors import Refused
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.merging import refusal_by
from diedie_edu.common.patience import gives_way
from diedie_edu.common.references import MOVE, naming
from diedie_edu.people.actions import events
from diedie_edu.people.actions.residents import match_volunteer_roles
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import PersonEvent, RecordChange, Resident
from diedie_edu.people.rules import changes as rules

ONE_AT_A_TIME = 0x4D455247  # any number that nothing else uses
Kind, Event = RecordChange.Kind, PersonEvent.Kind
UNDONE = {
    Kind.MERGED: Event.UNMERGED,
    Kind.SPLIT: Event.FAMILY,
    Kind.MOVED: Event.BACK,
    Kind.DIED: Event.BACK,
}


def lock_records(numbers: Iterable[int]) -> dict[int, Resident]:
    """These rows (by number), empty ones too: nobody enters anything for them, and nobody changes
    another record, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    rows = Resident.rows.select_for_update(of=("self",)).filter(pk__in=list(numbers))
    return {row.pk: row for row in rows.order_by("pk")}


def lock_present(*people: Resident) -> list[Resident]:
    """The same of those who are there. Raises `Refused` (`changed`)."""
    found = lock_records([person.pk for person in people])
    rows = [found[person.pk] for person in people]
    if any(row.erased_at for row in rows):
        raise Refused("changed", _("This record was merged or erased meanwhile."))
    return rows


def write_down(
    kind: str, resident: Resident, deed: Deed, reason: str, other: Resident | None = None
) -> RecordChange:
    """After the deed: what the database holds against it is said now, not at the end."""
    settle()
    return RecordChange.objects.create(
        kind=kind,
        resident=resident,
        other=other,
        reason=reason,
        by=deed.by,
        at=deed.now,
        undo_until=rules.undo_until(deed.now),
        notes=deeds.written(deed.notes),
        last=last_rows(resident) if other else {},
    )


def add_notes(change: RecordChange, deed: Deed) -> None:
    """What followed later is undone with it."""
    change.notes = deeds.written(deed.notes)
    change.save(update_fields=["notes"])


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def rearrange(people: Iterable[int], by: User, now: datetime) -> None:
    """Roles and checks follow what people (ids) now hold."""
    ids = list(people)
    match_volunteer_roles(residents=ids, by=by, now=now)
    for app in parts_of(Endings):
        app.rearranged(ids, by, now)


def last_rows(resident: Resident) -> dict[str, int]:
    """By table the newest row that names somebody: what comes later was entered since."""
    found: dict[str, int] = {}
    for rows, _column, on, _value in naming(resident):
        newest = rows.aggregate(last=Max("pk"))["last"] if on.merged is MOVE else None
        if isinstance(newest, int):
            label = rows.model._meta.label
            found[label] = max(newest, found.get(label, 0))
    return found


def entered_since(change: RecordChange) -> list[tuple[str, int]]:
    """What names the kept person and was entered after the merge: names of tables, and how much."""
    found: dict[str, int] = {}
    for rows, _column, on, _value in naming(change.resident):
        if on.merged is MOVE and rows.model._meta.app_label != "notices":
            last = change.last.get(rows.model._meta.label, 0)
            if isinstance(rows.model._meta.pk.to_python(0), int):
                name = str(rows.model._meta.verbose_name_plural)
                found[name] = found.get(name, 0) + rows.filter(pk__gt=last).count()
    return [(name, number) for name, number in found.items() if number]


def preview(action: Callable[..., Any], **facts: Any) -> Any:
    """What an action of these comes to; nothing is written. Raises `Refused` as it does."""
    with transaction.atomic():
        done = action(**facts)
        transaction.set_rollback(True)
    return done


# --- Undone ----------------------------------------------------------------------------


@gives_way
def undo_change(*, change: RecordChange, reason: str, by: User, now: datetime) -> list[Left]:
    """Bring everything back that is as it was left; what is not, stays and is given back.

    Raises `Refused` (`undone`, `too_late`, `merged_on`, `no_reason`, `own`).
    """
    rules.check_says_why(reason)
    numbers = [pk for pk in (change.resident_id, change.other_id) if pk]
    people = lock_records(numbers)
    locked = RecordChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    rules.check_can_be_undone(locked, now)
    rules.check_is_another(by, people.values())
    if locked.kind == Kind.MERGED and locked.other_id:
        rules.check_still_stands(people[locked.resident_id], people[locked.other_id])
    try:
        with transaction.atomic():
            left = deeds.undo(deeds.read(locked.notes), now)
            settle()
    except IntegrityError as error:
        raise refusal_by(error) from error
    rearrange(numbers, by, now)
    locked.undone_at, locked.undone_by, locked.notes = now, by, ""
    locked.save(update_fields=["undone_at", "undone_by", "notes"])
    trail.note(trail.Kind.MERGED, by=by.pk, what=f"undone {change.pk}", now=now)
    for person in Resident.objects.filter(pk__in=numbers):
        events.note(resident=person, kind=UNDONE[Kind(locked.kind)], by=by, now=now, reason=reason)
    return left


def forget_notes(*, now: datetime) -> int:
    """What is too late to be undone needs no words any more; how many there were."""
    late = RecordChange.objects.filter(undo_until__lte=now).exclude(notes="")
    return late.update(notes="")


def forget_person(person: Resident, now: datetime) -> None:
    """Nothing of an erased person stays in what was kept for an undo, nor in a reason."""
    numbers = Resident.objects.numbers_of([person])[person.pk]
    about = RecordChange.objects.filter(Q(resident__in=numbers) | Q(other__in=numbers))
    about.update(notes="", reason="")
