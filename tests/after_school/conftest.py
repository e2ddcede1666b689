"""A term in progress: two zones in two rooms, today's session open, a child enrolled."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction

from after_school.models import (
    Collector,
    CollectorPass,
    Enrolment,
    GuardianRight,
    Presence,
    Session,
    Term,
    WalkHomePermission,
    Zone,
    ZoneDay,
)
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.days import moment
from diedie_edu.people.models import Clearance, Resident, Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.support.children import NINE, consented, seen
from tests.support.occasions import make_occasion

TODAY = date(2026, 11, 23)  # a Monday


def of(presence: Presence) -> dict[str, Session | int]:
    """Whose afternoon it is, as a hand-over takes it."""
    return {"session": presence.session, "child": presence.child_id}


@pytest.fixture
def school(db: None) -> Programme:
    return Programme.objects.get_or_create(
        slug="after-school",
        defaults={"title_zh": "四点半学校", "title_en": "4:30 school", "summary_zh": "放学后"},
    )[0]


@pytest.fixture
def make_term(school: Programme, make_venue: Callable[..., Venue]) -> Callable[..., Term]:
    """September to January, 40 places in two rooms of its own."""

    def make(**fields: object) -> Term:
        term = Term.objects.create(
            **{
                "programme": school,
                "title": "2026 年秋季学期",
                "capacity": 40,
                "state": Activity.State.PUBLISHED,
                "sign_up_opens_at": NOW - timedelta(days=100),
                "sign_up_closes_at": NOW + timedelta(days=60),
                "first_day": date(2026, 9, 1),
                "last_day": date(2027, 1, 29),
                "needs_clearance": True,
            }
            | fields
        )
        for kind in Zone.Kind:
            Zone.objects.create(term=term, kind=kind, venue=make_venue(), places=20)
        return term

    return make


@pytest.fixture
def term(make_term: Callable[..., Term]) -> Term:
    return make_term()


@pytest.fixture
def homework(term: Term) -> Zone:
    return term.zones.get(kind="homework")


@pytest.fixture
def activities(term: Term) -> Zone:
    return term.zones.get(kind="activities")


@pytest.fixture
def make_session(staff_user: User) -> Callable[..., Session]:
    """A day of a term with an occasion in each zone; `state="open"` for one in progress."""

    def make(term: Term, day: date = TODAY, state: str = "planned") -> Session:
        opened = {"opened_at": NOW, "opened_by": staff_user} if state != "planned" else {}
        closed = {"closed_at": NOW, "closed_by": staff_user} if state == "closed" else {}
        session = Session.objects.create(
            term=term, day=day, weekday=day.isoweekday(), state=state, **opened, **closed
        )
        for zone in term.zones.all():
            times = moment(day, time(16, 30)), moment(day, time(19, 0))
            occasion = make_occasion(term, zone.venue, *times)
            ZoneDay.objects.create(session=session, zone=zone, term=term, occasion=occasion)
        return session

    return make


@pytest.fixture
def session(term: Term, make_session: Callable[..., Session]) -> Session:
    """Today's, open."""
    return make_session(term, state="open")


@pytest.fixture
def frozen(clock) -> Callable[[datetime], None]:
    """The wall clock stands still at a moment."""
    return clock.move_to


@pytest.fixture
def planned(term, make_session) -> Session:
    return make_session(term)


@pytest.fixture
def mother(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT, display_name="李梅")


@pytest.fixture
def make_child(mother: User, make_resident: Callable[..., Resident]) -> Callable[..., Resident]:
    """A child of nine, consented to by the mother, who decides and may collect."""

    def make(guardian: User = mother, **fields: object) -> Resident:
        with transaction.atomic():
            child = make_resident(**{"birth_date": NINE} | fields)
            consented(child, guardian.resident)
        GuardianRight.objects.create(child=child, guardian=guardian.resident, place=1, **seen())
        Collector.objects.create(
            child=child,
            guardian=guardian.resident,
            full_name=guardian.display_name,
            phone=guardian.phone,
            relation="妈妈",
            valid_from=TODAY - timedelta(days=90),
            named_by=guardian,
            named_at=NOW,
        )
        return child

    return make


@pytest.fixture
def child(make_child: Callable[..., Resident]) -> Resident:
    return make_child(full_name="陈小宝")


@pytest.fixture
def enrol_child(term: Term, homework: Zone) -> Callable[..., Enrolment]:
    """The child's place in the term, Mondays to Fridays in the homework zone."""

    def enrol(child: Resident, **fields: object) -> Enrolment:
        Activity.objects.filter(pk=term.pk).update(taken=term.enrolments.count() + 1)
        sign_up = SignUp.objects.create(
            activity=term, resident=child, status="seated", signed_up_at=NOW, seated_at=NOW
        )
        defaults = {
            "school": "叠滘小学",
            "grade": "三年级",
            "zone": homework,
            "weekdays": [1, 2, 3, 4, 5],
        }
        return Enrolment.objects.create(
            sign_up=sign_up, term=term, child=child, **defaults | fields
        )

    return enrol


@pytest.fixture
def enrolment(enrol_child: Callable[..., Enrolment], child: Resident) -> Enrolment:
    return enrol_child(child)


@pytest.fixture
def presence(session: Session, enrolment: Enrolment, homework: Zone, staff_user: User) -> Presence:
    """The child is inside, in the homework zone."""
    return Presence.objects.create(
        session=session,
        enrolment=enrolment,
        term=session.term,
        child=enrolment.child,
        arrived_at=NOW,
        arrived_by=staff_user,
        zone=homework,
    )


@pytest.fixture
def collector(child: Resident) -> Collector:
    """The mother herself."""
    return child.collectors.get()


@pytest.fixture
def day_pass(child: Resident, mother: User) -> CollectorPass:
    return CollectorPass.objects.create(
        child=child,
        day=TODAY,
        full_name="王阿姨",
        code_hash=keyed_hash("123456", "pass"),
        expires_at=moment(TODAY, time(19, 0)),
        made_by=mother,
        made_at=NOW,
    )


@pytest.fixture
def walk_home(child: Resident, mother: User) -> WalkHomePermission:
    return WalkHomePermission.objects.create(
        child=child, valid_from=TODAY, valid_until=TODAY, given_by=mother, given_at=NOW
    )


@pytest.fixture
def make_volunteer(
    make_resident: Callable[..., Resident], staff_user: User
) -> Callable[..., Volunteer]:
    """Somebody who serves; cleared for a year from today unless `cleared=False`."""

    def make(cleared: bool = True, **fields: object) -> Volunteer:
        volunteer = Volunteer.objects.create(
            resident=make_resident(**fields), kinds=["student_party"]
        )
        if cleared:
            Clearance.objects.create(
                volunteer=volunteer,
                result="clear",
                checked_on=TODAY,
                valid_until=TODAY + timedelta(days=365),
                checked_by=staff_user,
            )
        return volunteer

    return make
