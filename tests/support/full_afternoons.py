"""An afternoon of the 4:30 school as full as a large community has it, written in bulk."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from after_school.models import (
    Collector,
    Enrolment,
    GuardianRight,
    Presence,
    Session,
    Term,
    Zone,
    ZoneDay,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.models import Consent, Guardianship, Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from tests.support.children import consent_text
from tests.support.occasions import make_occasion

SURNAMES = "羿仉妫缑佴亓麴戢阚乜"


@transaction.atomic
def full_afternoon(children: int, inside: int, by: User, now: datetime) -> Session:
    """Today's, open: so many children with a place and an aunt who may collect, so many of them
    inside; the others are still to come, or missing by the clock. `by` staff, who have seen the
    guardians."""
    session = _open_session(_term(children, now), by, now)
    people = _families(children, by, now)
    enrolments = _enrol(session.term, people, now)
    Presence.objects.bulk_create(
        Presence(
            session=session,
            enrolment=row,
            term=session.term,
            child=row.child,
            arrived_at=now,
            arrived_by=by,
            zone=row.zone,
        )
        for row in enrolments[:inside]
    )
    return session


def _term(places: int, now: datetime) -> Term:
    today = local_day(now)
    term = Term.objects.create(
        programme=Programme.objects.get(slug="after-school"),
        title="满员学期",
        capacity=places,
        taken=places,
        state=Activity.State.PUBLISHED,
        sign_up_opens_at=now - timedelta(days=60),
        sign_up_closes_at=now + timedelta(days=60),
        first_day=today - timedelta(days=30),
        last_day=today + timedelta(days=60),
        needs_clearance=True,
    )
    for kind in Zone.Kind:
        room = Venue.objects.create(title_zh=f"{places} 人教室 {kind}", places=places)
        Zone.objects.create(term=term, kind=kind, venue=room, places=places)
    return term


def _open_session(term: Term, by: User, now: datetime) -> Session:
    day = local_day(now)
    session = Session.objects.create(
        term=term,
        day=day,
        weekday=day.isoweekday(),
        state=Session.State.OPEN,
        opened_at=now,
        opened_by=by,
    )
    for zone in term.zones.all():
        times = moment(day, term.starts), moment(day, term.ends)
        occasion = make_occasion(term, zone.venue, *times)
        ZoneDay.objects.create(session=session, zone=zone, term=term, occasion=occasion)
    return session


def _families(number: int, by: User, now: datetime) -> list[Resident]:
    """The children; each with a guardian who was seen, a consent, and who may collect."""
    today = local_day(now)
    names = [f"{SURNAMES[n % 10]}小{chr(0x4E00 + n)}" for n in range(number)]
    born = today.replace(year=today.year - 9, day=1)
    children = Resident.objects.bulk_create(
        Resident(full_name=name, birth_date=born) for name in names
    )
    guardians = Resident.objects.bulk_create(
        Resident(full_name=f"{name[0]}家长{name[2]}", phone=f"1580000{n:04d}")
        for n, name in enumerate(names)
    )
    pairs = list(zip(children, guardians, strict=True))
    Guardianship.objects.bulk_create(
        Guardianship(guardian=guardian, child=child, relation="mother") for child, guardian in pairs
    )
    Consent.objects.bulk_create(
        Consent(
            text=consent_text(),
            child=child,
            child_hash=f"1:{keyed_hash(f'{child.pk}', 'child')}",
            guardian=guardian,
            given_at=now,
            valid_until=today + timedelta(days=300),
            way="online",
            recorded_by=by,
        )
        for child, guardian in pairs
    )
    GuardianRight.objects.bulk_create(
        GuardianRight(
            child=child, guardian=guardian, place=1, seen_at=now, seen_by=by, seen_how="document"
        )
        for child, guardian in pairs
    )
    _name_collectors(pairs, by, now)
    return children


def _name_collectors(pairs: Sequence[tuple[Resident, Resident]], by: User, now: datetime) -> None:
    """The guardian, and an aunt."""
    named = {"valid_from": local_day(now), "named_by": by, "named_at": now}
    Collector.objects.bulk_create(
        row
        for n, (child, guardian) in enumerate(pairs)
        for row in (
            Collector(
                child=child,
                guardian=guardian,
                full_name=guardian.full_name,
                phone=guardian.phone,
                relation="妈妈",
                **named,
            ),
            Collector(
                child=child,
                full_name=f"{child.full_name[0]}姑姑{child.full_name[2]}",
                phone=f"1590000{n:04d}",
                relation="姑姑",
                **named,
            ),
        )
    )


def _enrol(term: Term, children: Sequence[Resident], now: datetime) -> list[Enrolment]:
    """Every day, in the two zones by turns."""
    zones = list(term.zones.all())
    sign_ups = SignUp.objects.bulk_create(
        SignUp(activity=term, resident=child, status="seated", signed_up_at=now, seated_at=now)
        for child in children
    )
    return Enrolment.objects.bulk_create(
        Enrolment(
            sign_up=row,
            term=term,
            child=row.resident,
            school="叠滘小学",
            grade="三年级",
            zone=zones[n % 2],
            weekdays=[1, 2, 3, 4, 5],
        )
        for n, row in enumerate(sign_ups)
    )
