"""What people and staff do in the storm, most of it by the pages. Each says whether it was done."""

from collections.abc import Callable
from random import Random
from typing import Any

from django.contrib.messages import SUCCESS
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers
from diedie_edu.activities.models import Attendance, Occasion, SignUp
from diedie_edu.common.days import local_now
from diedie_edu.common.links import token
from diedie_edu.door.queries.attendance import ticket_code, ticket_of
from diedie_edu.people.models import Resident
from tests.storm.town import Town

BEYOND = "加座"


def is_done(answer: Any) -> bool:
    """Whether the page said so. What only the last resort of all pages answers is a fault."""
    if answer.status_code == 409 or answer.status_code >= 500:
        raise AssertionError(f"answered by {answer.status_code}")
    said = answer.wsgi_request._messages._queued_messages
    return any(row.level == SUCCESS for row in said)


def send(town: Town, user: User, name: str, *args: int, **data: object) -> bool:
    return is_done(town.browser(user).post(reverse(name, args=args), data))


def a_row(town: Town, random: Random, *states: str, at: list[int] | None = None) -> SignUp | None:
    """Any sign-up in one of these states, in any lecture or in those `at` which the door is."""
    rows = SignUp.objects.filter(activity__in=town.lectures, status__in=states)
    if at is not None:
        rows = rows.filter(activity__occasions__in=at)
    found = list(rows.select_related("activity", "resident__account").order_by("pk")[:40])
    return random.choice(found) if found else None


def somebody(town: Town, random: Random) -> Resident:
    """With an account."""
    return random.choice(town.heads)


def account_for(row: SignUp) -> User | None:
    """Their own, or that of whoever they live with."""
    heads = User.objects.filter(resident__household__members=row.resident_id)
    return row.resident.account or heads.first()


def anybody(random: Random) -> Resident:
    """Of the register, also without an account."""
    return random.choice(list(Resident.objects.exclude(account__role_grants__role="staff")))


# --- People ----------------------------------------------------------------------------


def sign_up(town: Town, random: Random) -> bool:
    own = somebody(town, random)
    who = random.choice(list(Resident.objects.filter(household=own.household)))
    lecture = random.choice(town.lectures)
    return send(town, own.account, "activities:sign_up", lecture, resident=who.pk)


def sign_up_together(town: Town, random: Random) -> bool:
    own = somebody(town, random)
    family = list(Resident.objects.filter(household=own.household).values_list("pk", flat=True))
    who = {"several": "1", "how": random.choice(["together", "together", "each"])}
    lecture = random.choice(town.lectures)
    return send(town, own.account, "activities:sign_up", lecture, resident=family, **who)


def give_back(town: Town, random: Random) -> bool:
    row = a_row(town, random, random.choice(["seated", "waiting"]))
    user = row and account_for(row)
    if row is None or user is None:
        return False
    return send(town, user, "activities:cancel", row.activity_id, resident=row.resident_id)


def by_link(row: SignUp, **data: object) -> bool:
    return is_done(
        Client().post(reverse("activities:place", args=[token("sign_up", row.pk)]), data)
    )


def give_back_by_link(town: Town, random: Random) -> bool:
    row = a_row(town, random, random.choice(["seated", "waiting", "offered"]))
    return row is not None and by_link(row, do="give_back")


def accept(town: Town, random: Random) -> bool:
    row = a_row(town, random, "offered")
    if row is None:
        return False
    user = account_for(row)
    if user is None or random.random() < 0.5:
        return by_link(row, do="accept")
    return send(town, user, "activities:accept", row.activity_id, resident=row.resident_id)


# --- The desk --------------------------------------------------------------------------


def sign_somebody_up(town: Town, random: Random) -> bool:
    who, lecture = {"resident": anybody(random).pk}, random.choice(town.lectures)
    staff = random.choice(town.staff)
    return send(town, staff, "activities:sign_somebody_up", lecture, **who)


def withdraw(town: Town, random: Random) -> bool:
    row = a_row(town, random, random.choice(["seated", "waiting", "offered"]))
    place = row and (row.activity_id, row.pk)
    return bool(place and send(town, random.choice(town.staff), "activities:withdraw", *place))


def undo_withdrawal(town: Town, random: Random) -> bool:
    rows = SignUp.objects.filter(cancelled_by__in=town.staff).order_by("-cancelled_at")[:3]
    row = random.choice(list(rows)) if rows else None
    place = row and (row.activity_id, row.pk)
    staff = random.choice(town.staff)
    return bool(place and send(town, staff, "activities:undo_withdrawal", *place))


def tick(town: Town, random: Random) -> bool:
    offers.pass_places_on(local_now())
    return True


def lapse(town: Town, random: Random) -> bool:
    """Nobody says yes to an offer in time."""
    row = a_row(town, random, "offered")
    if row is None:
        return False
    offered = SignUp.objects.filter(activity=row.activity_id, status="offered")
    unit = offered.filter(party=row.party_id) if row.party_id else offered.filter(pk=row.pk)
    late = unit.update(offer_expires_at=local_now())
    return bool(late) and tick(town, random)


# --- The door --------------------------------------------------------------------------


def arrive(town: Town, random: Random) -> bool:
    door = random.choice(town.doors)
    row = a_row(town, random, "seated", at=[door])
    staff = random.choice(town.staff)
    return bool(row and send(town, staff, "door:arrived", door, resident=row.resident_id))


def scan(town: Town, random: Random) -> bool:
    door = random.choice(town.doors)
    row = a_row(town, random, "seated", at=[door])
    if row is None:
        return False
    ticket = ticket_of(door, row.resident_id)
    return send(town, random.choice(town.staff), "door:scan", door, ticket=ticket)


def kiosk(town: Town, random: Random) -> bool:
    door = random.choice(town.doors)
    row = a_row(town, random, "seated", at=[door])
    if row is None:
        return False
    tablet = Client()
    tablet.cookies["kiosk"] = town.tablets[door]
    digits = ticket_code(door, row.resident_id)
    answer = tablet.post(reverse("door:kiosk"), {"digits": digits})
    return is_done(answer) or bool(answer.context and "arrival" in answer.context)


def walk_in(town: Town, random: Random) -> bool:
    door = random.choice(town.doors)
    row = a_row(town, random, "waiting", "offered", at=[door])
    who = row.resident if row and random.random() < 0.7 else anybody(random)
    entry = {"resident": who.pk, "reason": BEYOND}
    return send(town, random.choice(town.staff), "door:walk_in", door, **entry)


def newcomer(town: Town, random: Random) -> bool:
    number = random.randrange(10**8)
    entry = {"full_name": "新来的", "phone": f"138{number:08d}", "is_grown": "yes"}
    door = random.choice(town.doors)
    return send(town, random.choice(town.staff), "door:newcomer", door, reason=BEYOND, **entry)


def undo_arrival(town: Town, random: Random) -> bool:
    here = list(Attendance.objects.filter(occasion__in=town.doors, resident__isnull=False))
    if not here:
        return False
    row = random.choice(here)
    who = {"resident": row.resident_id}
    return send(town, random.choice(town.staff), "door:undo", row.occasion_id, **who)


Act = Callable[[Town, Random], bool]
PEOPLE: dict[Act, int] = {
    sign_up: 16,
    sign_up_together: 7,
    give_back: 10,
    give_back_by_link: 6,
    accept: 9,
    sign_somebody_up: 6,
    withdraw: 5,
    undo_withdrawal: 4,
    tick: 3,
    lapse: 3,
    arrive: 9,
    scan: 4,
    kiosk: 4,
    walk_in: 8,
    newcomer: 2,
    undo_arrival: 9,
}


def occasion_of(lecture: int) -> Occasion:
    return Occasion.objects.select_related("activity", "venue").get(activity=lecture)
