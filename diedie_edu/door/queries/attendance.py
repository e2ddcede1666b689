"""Who is expected at an occasion, who is here, and whom digits or letters could mean."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import cached_property

from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.activities.queries import occasions, sign_ups
from diedie_edu.activities.queries.register import notes_by_person
from diedie_edu.common.belonging import within
from diedie_edu.common.characters import code_digits, plain
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.links import numbers_in, token
from diedie_edu.door.rules import opening
from diedie_edu.door.rules.kiosk import FEWEST_DIGITS
from diedie_edu.people.models import Resident
from diedie_edu.people.queries.finding import phone_ends, residents_like

TICKET = "check_in"
CODE_DIGITS = 6
MOST_FOUND = 12


def occasions_of(programmes: Collection[str]) -> QuerySet[Occasion]:
    """Announced and called-off ones of the programmes (their slugs) whose register one keeps; not
    those of groups, which count by themselves."""
    shown = Occasion.objects.filter(occasions.announced("activity__"), activity__is_ongoing=False)
    return within(shown, programmes).select_related("activity__programme", "venue")


@dataclass(frozen=True)
class Line:
    """One person in the register of an occasion; `notes` are what colleagues wrote of them."""

    resident: Resident
    attendance: Attendance | None
    is_expected: bool
    notes: tuple[str, ...] = ()

    @property
    def is_here(self) -> bool:
        return self.attendance is not None


class AttendanceRegister:
    """Everybody with a seat and everybody who came, by pinyin: three queries and the queue."""

    def __init__(self, occasion: Occasion) -> None:
        self.occasion = occasion

    @cached_property
    def lines(self) -> list[Line]:
        here = {row.resident_id: row for row in _attendances(self.occasion)}
        seated = list(_seated(self.occasion))
        expected = {person.pk for person in seated}
        came = [row.resident for row in here.values() if row.resident is not None]
        walked_in = [one for one in came if one.pk not in expected]
        people = sorted([*seated, *walked_in], key=lambda one: (one.sort_key, one.pk))
        notes = notes_by_person(self.occasion.activity_id)
        return [
            Line(one, here.get(one.pk), one.pk in expected, tuple(notes.get(one.pk, ())))
            for one in people
        ]

    @property
    def came(self) -> int:
        return sum(line.is_here for line in self.lines)

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if not line.is_here]

    @cached_property
    def waiting(self) -> int:
        return sign_ups.waiting_count(self.occasion.activity_id)


def _attendances(occasion: Occasion) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(occasion=occasion, resident__isnull=False)
    return rows.select_related("resident__household", "recorded_by")


def _seated(occasion: Occasion) -> QuerySet[Resident]:
    """People with a seat; one join, so that no two conditions can mean two sign-ups."""
    held = SignUp.objects.filter(activity=occasion.activity_id, status=SignUp.Status.SEATED)
    return Resident.objects.filter(pk__in=held.values("resident")).select_related("household")


def is_seated(occasion: Occasion, resident: Resident) -> bool:
    own = sign_ups.live_sign_up(occasion.activity_id, resident.pk)
    return own is not None and own.is_seated


def attendance_of(occasion_id: int, resident_id: int) -> Attendance | None:
    return Attendance.objects.filter(occasion=occasion_id, resident=resident_id).first()


def came_to(occasion: Occasion) -> int:
    return Attendance.objects.filter(occasion=occasion).count()


# --- Tickets ---------------------------------------------------------------------------


def ticket_of(occasion_id: int, resident_id: int) -> str:
    """What the QR code of a ticket carries; kept nowhere."""
    return token(TICKET, occasion_id, resident_id)


def ticket_code(occasion_id: int, resident_id: int) -> str:
    """Six digits to type where no camera reads the ticket: of one date, and short enough for two
    people to have the same, so whoever types them is asked who they are then."""
    digest = keyed_hash(f"{occasion_id}-{resident_id}", "activities.ticket_code")
    return f"{int(digest, 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def on_ticket(text: str) -> tuple[int, int] | None:
    """The occasion and the resident (ids) that a ticket names; None where it is none of ours."""
    numbers = numbers_in(text, TICKET)
    return (numbers[0], numbers[1]) if numbers and len(numbers) == 2 else None


# --- Finding people --------------------------------------------------------------------


def expected_with(occasion: Occasion, typed: str) -> list[Resident]:
    """People with a seat whose phone ends in the digits typed, or whose ticket has them as its
    code."""
    code = code_digits(typed)
    if len(code) < FEWEST_DIGITS:
        return []
    seated = list(_seated(occasion))
    numbers = Resident.objects.numbers_of(seated)
    phones = set(_seated(occasion).filter(phone_ends(typed)).values_list("pk", flat=True))
    return [
        person
        for person in seated
        if person.pk in phones
        or any(ticket_code(occasion.pk, number) == code for number in numbers[person.pk])
    ]


def expected_named(occasion: Occasion, letters: str) -> list[Resident]:
    """People with a seat whom `letters` of a name mean."""
    return residents_like(letters, _seated(occasion))


def people_meant(occasion: Occasion, typed: str) -> list[Resident]:
    """Whom a ticket, its six digits or the digits of a phone mean at the door of an occasion.

    Raises `Refused` where it is nobody here, or a ticket of another date.
    """
    named = on_ticket("".join(plain(typed).lower().split()).rstrip("/").rpartition("/")[2])
    ticketed = named and Occasion.objects.select_related("activity").filter(pk=named[0]).first()
    if named and ticketed:
        opening.check_ticket_is_for(ticketed, occasion)
        people = list(Resident.objects.numbered(named[1]))
    else:
        people = expected_with(occasion, typed)
    opening.check_somebody_fits(people)
    return people


def standings(occasion: Occasion, people: Sequence[Resident]) -> list[Line]:
    """Each of `people` as the register of the occasion has them."""
    here = {row.resident_id: row for row in _attendances(occasion).filter(resident__in=people)}
    expected = set(_seated(occasion).filter(pk__in=_ids(people)).values_list("pk", flat=True))
    return [Line(one, here.get(one.pk), one.pk in expected) for one in people]


def tickets_of(occasion: Occasion, family: Sequence[Resident]) -> list[Resident]:
    """Those of a family who hold a seat."""
    held = set(_seated(occasion).filter(pk__in=_ids(family)).values_list("pk", flat=True))
    return [one for one in family if one.pk in held]


def _ids(people: Sequence[Resident]) -> list[int]:
    return [person.pk for person in people]
