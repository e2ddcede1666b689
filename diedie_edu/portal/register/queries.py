"""What stands on the page of one person, whichever app knows it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.names import surname_of
from diedie_edu.common.parts import Panel, in_place, rows_of
from diedie_edu.common.typed import typed_key
from diedie_edu.people.actions.families import Entry
from diedie_edu.people.models import Consent, Guardianship, PersonEvent, RecordChange, Resident
from diedie_edu.people.parts import PersonAction, PersonSection
from diedie_edu.people.rules.families import may_join_strangers
from diedie_edu.people.rules.residents import is_child

EVENTS_SHOWN = 50


def sections(user: User, resident: Resident, now: datetime) -> list[Panel]:
    return rows_of(PersonSection, user, resident, now)


def buttons(user: User, resident: Resident) -> list[dict[str, object]]:
    """What this reader may do to this record."""
    shown = [row for row in in_place(PersonAction) if row.is_for(user, resident)]
    return [{"label": row.label, "icon": row.icon, "url": row.url(resident)} for row in shown]


def is_grown_up(resident: Resident) -> bool:
    """Of a child guardians decide, not whoever lives with it."""
    return not is_child(resident.birth_date, local_day(local_now()))


def log_of(resident: Resident) -> list[PersonEvent]:
    """What was done to the record and to those merged into it, the latest first."""
    numbers = Resident.objects.numbers_of([resident])[resident.pk]
    events: QuerySet[PersonEvent] = PersonEvent.objects.filter(resident__in=numbers)
    return list(events.select_related("by")[:EVENTS_SHOWN])


def undoable(user: User, resident: Resident, now: datetime) -> Iterator[Panel]:
    """What was done to the whole record and can still be undone."""
    open_ones = RecordChange.objects.filter(resident=resident, undo_until__gt=now)
    found = list(open_ones.exclude(notes="").select_related("by"))
    if found:
        yield Panel(90, "portal/register/undoable.html", {"changes": found})


# --- The portal's own sections ---------------------------------------------------------


def person_sections(user: User, resident: Resident, now: datetime) -> Iterator[Panel]:
    """Who belongs to them, and what guardians agreed to."""
    yield Panel(20, "portal/register/family.html", {"family": family(resident, now)})
    rows = Consent.objects.filter(Q(guardian=resident) | Q(child=resident))
    shown = list(rows.select_related("child", "guardian", "text"))
    if shown:
        yield Panel(70, "portal/register/consents.html", {"consents": shown})


def family(resident: Resident, now: datetime) -> list[dict[str, object]]:
    """The others of the household, wards and guardians, each with what they are to this person."""
    bonds = Guardianship.objects.filter(Q(guardian=resident) | Q(child=resident))
    found: dict[int, tuple[Resident, Guardianship | None]] = {}
    for bond in bonds.select_related("guardian", "child"):
        other = bond.child if bond.guardian_id == resident.pk else bond.guardian
        found[other.pk] = (other, bond)
    for member in others_at_home(resident):
        found.setdefault(member.pk, (member, None))
    today = local_day(now)
    return [
        {"person": one, "bond": bond, "is_child": is_child(one.birth_date, today)}
        for one, bond in found.values()
        if one.erased_at is None
    ]


def others_at_home(resident: Resident) -> QuerySet[Resident]:
    if resident.household_id is None:
        return Resident.objects.none()
    at_home = Resident.objects.filter(household=resident.household_id)
    return at_home.exclude(pk=resident.pk).order_by("sort_key", "pk")


def strangers_at(house: str, entries: Sequence[Entry]) -> list[Resident]:
    """Who lives at this number, where the number alone would make family of people who may be
    strangers (`families.may_join_strangers`)."""
    entered = {entry.known.pk for entry in entries if entry.known}
    there = Resident.objects.filter(household__label_key=typed_key(house)).exclude(pk__in=entered)
    others = list(there.order_by("sort_key", "pk"))
    names = [one.full_name for one in others] + [entry.full_name for entry in entries]
    surnames = set(map(surname_of, names))
    asks = others and may_join_strangers(len(others) + len(entries), surnames, False)
    return others if asks else []
