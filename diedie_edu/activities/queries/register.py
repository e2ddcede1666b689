"""Everybody signed up for an activity, as staff see them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from diedie_edu.activities.models import Activity, SignUp, StaffNote
from diedie_edu.activities.queries import occasions, presence
from diedie_edu.activities.rules.sign_up import check_sign_up
from diedie_edu.activities.rules.working import can_undo
from diedie_edu.activities.traits import open_to_all
from diedie_edu.common.belonging import within
from diedie_edu.common.errors import Refused, refusal_of
from diedie_edu.people.models import Resident

MOST_OFFERED = 30
SHOWN_ENDED = 10


@dataclass(frozen=True)
class SignUpRegister:
    """Seats as a class register sorts them; offers and queue in the order of their turn; what was
    given back, the latest first. `notes` are those about the activity itself."""

    seated: list[SignUp] = field(default_factory=list)
    offered: list[SignUp] = field(default_factory=list)
    waiting: list[SignUp] = field(default_factory=list)
    ended: list[SignUp] = field(default_factory=list)
    notes: list[StaffNote] = field(default_factory=list)


def register_of(activity: Activity, now: datetime) -> SignUpRegister:
    """Four queries; each row with its person, who entered it, what colleagues noted, and whether
    they are in."""
    mine = SignUp.objects.filter(activity=activity.pk)
    people = mine.select_related("resident", "party", "signed_up_by", "cancelled_by")
    register = SignUpRegister()
    for row in people.filter(status__in=SignUp.LIVE).order_by(*SignUp.QUEUE):
        getattr(register, row.status).append(row)
    register.seated.sort(key=lambda row: (row.resident.sort_key, row.resident_id))
    ended = people.exclude(status__in=SignUp.LIVE).order_by("-cancelled_at", "-pk")
    register.ended.extend(ended[:SHOWN_ENDED])
    by_person = _notes_by_person(activity)
    register.notes.extend(by_person[None])
    rows = (*register.seated, *register.offered, *register.waiting, *register.ended)
    here = presence.people_in(activity.pk, [row.resident_id for row in rows], now)
    for row in rows:
        row.is_in = row.resident_id in here  # type: ignore[attr-defined]
        row.notes = by_person[row.resident_id]  # type: ignore[attr-defined]
        row.may_be_undone = can_undo(row, now)  # type: ignore[attr-defined]
    return register


def _notes_by_person(activity: Activity) -> defaultdict[int | None, list[StaffNote]]:
    found: defaultdict[int | None, list[StaffNote]] = defaultdict(list)
    for note in notes_about(activity):
        found[note.resident_id].append(note)
    return found


def notes_by_person(activity_id: int) -> dict[int | None, list[str]]:
    """What colleagues wrote, by the person (id) it is about; None for the activity itself."""
    found: dict[int | None, list[str]] = defaultdict(list)
    rows = StaffNote.objects.filter(activity=activity_id).order_by("written_at", "pk")
    for resident, text in rows.values_list("resident", "text"):
        found[resident].append(text)
    return found


def notes_about(activity: Activity) -> QuerySet[StaffNote]:
    return StaffNote.objects.filter(activity=activity.pk).select_related("written_by")


@dataclass(frozen=True)
class Standing:
    """How one person stands towards an activity: in it, free to sign up, or refused."""

    resident: Resident
    sign_up: SignUp | None
    refusal: Refused | None


def standings_towards(
    activity: Activity, people: Sequence[Resident], now: datetime
) -> list[Standing]:
    """One for each of `people`, in their order."""
    rows = SignUp.objects.filter(activity=activity.pk, resident__in=people, status__in=SignUp.LIVE)
    live = {row.resident_id: row for row in rows}
    return [
        Standing(one, live.get(one.pk), refusal_of(check_sign_up, activity, one, now))
        for one in people
    ]


def open_for_sign_up(programmes: Collection[str], now: datetime) -> list[Activity]:
    """What staff of these programmes (their slugs) can sign people up for now, soonest first, each
    with its next date (`next_at`)."""
    ahead = Q(occasions__ends_at__gt=now, occasions__is_called_off=False)
    rows = within(open_to_all(Activity.objects.filter(occasions.announced())), programmes)
    rows = rows.filter(sign_up_opens_at__lte=now, sign_up_closes_at__gt=now)
    rows = rows.annotate(next_at=Min("occasions__starts_at", filter=ahead))
    return list(rows.exclude(next_at=None).order_by("next_at", "pk")[:MOST_OFFERED])
