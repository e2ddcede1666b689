"""Where the database itself lets writers come one after the other: the row locks in its triggers.

Each line names the guard that locks, what the first does, what the second does meanwhile, and the
guard that stops it. Without the lock both would go through, for neither sees what the other has
not committed. The tables are `row_locks_people`, `row_locks_children`, `row_locks_groups` and
`row_locks_money`, by the rule that a lock serves; `furnish` makes what the house of `access_house`
has none of.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Model

from after_school.models import (
    Collector,
    Enrolment,
    GuardianRight,
    Presence,
    Session,
    Term,
    WalkHomePermission,
    ZoneDay,
)
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import SignUp
from diedie_edu.common.references import erase
from diedie_edu.people.models import Clearance, Guardianship, Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from edu_base.models import Intake, State
from residents_school.models import Lecture
from tests.conftest import NOW, new_user
from tests.support import office as short
from tests.support import spending
from tests.support.access_office import SLUG
from tests.support.access_school import DAY
from tests.support.children import NINE, consented, seen
from tests.support.education import make_application
from tests.support.grants import award, make_fund
from tests.support.occasions import make_occasion
from tests.support.races import Call

Line = tuple[str, Call, Call, str]
TUESDAY = DAY + timedelta(days=1)
CLOSED_YEAR, DRAFT_YEAR, SUBMITTED_YEAR = 2023, 2024, 2025


def again(row: Model, **changes: Any) -> None:
    """The same row once more, but for some columns."""
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def one(model: type[Model], **which: Any) -> Any:
    return model._base_manager.filter(**which).earliest("pk")


def child(number: int) -> Resident:
    """1 to 3 are enrolled: 1 is awaited on Tuesday, 2 is not, 3 is there on Monday. 4 and 5 have
    but a seat."""
    return Resident.objects.get(full_name=f"小五{number}")


def furnish() -> None:
    """People and accounts apart, somebody with a seat, an afternoon, budgets."""
    for number, name in enumerate(("单留下", "单合并", "单又合")):
        Resident.objects.create(full_name=name)
        User.objects.create_user(phone=f"1777000000{number}", display_name=name)
    erase(Resident.objects.get(full_name="单合并"), NOW)
    seated = new_user(Role.RESIDENT, display_name="甄有座")
    _take_seat(lecture(), seated.resident)
    _furnish_afternoon(new_user(Role.RESIDENT, display_name="伍家长"))
    _furnish_money(seated)


def lecture() -> Lecture:
    return Lecture.objects.filter(state="published").earliest("pk")


def _take_seat(activity: Any, person: Resident, **fields: Any) -> None:
    seat = {"status": "seated", "signed_up_at": NOW, "seated_at": NOW} | fields
    SignUp.objects.create(activity=activity, resident=person, **seat)


def _furnish_afternoon(parent: User) -> None:
    """Tuesday in a zone of one place, with somebody checked on duty."""
    term = Term.objects.get()
    zone = term.zones.last()
    type(zone).objects.filter(pk=zone.pk).update(places=1)
    session = Session.objects.create(
        term=term, day=TUESDAY, weekday=2, state="open", opened_at=NOW, opened_by=parent
    )
    monday = term.occasions.first()
    times = monday.starts_at + timedelta(days=1), monday.ends_at + timedelta(days=1)
    occasion = make_occasion(term, zone.venue, *times)
    ZoneDay.objects.create(session=session, zone=zone, term=term, occasion=occasion)
    for number in range(1, 6):
        _furnish_child(number, parent, term)
    father = Resident.objects.create(full_name="伍爸爸")
    Guardianship.objects.create(child=child(1), guardian=father, relation="father")
    GuardianRight.objects.create(child=child(1), guardian=father, place=2, **seen())
    first = Enrolment.objects.get(child=child(1))
    Presence.objects.create(session=session, enrolment=first, term=term, child=first.child)
    _furnish_hand_over(User.objects.get(display_name="单留下"), term)
    consented(child(5), father)
    for name, has_duty in (("甄在岗", True), ("甄可用", False)):
        helper = Volunteer.objects.create(
            resident=Resident.objects.create(full_name=name), kinds=["community"]
        )
        Clearance.objects.create(
            volunteer=helper,
            result="clear",
            checked_on=NOW.date() - timedelta(days=9),
            valid_until=TUESDAY,
            checked_by=parent,
        )
        Duty.at(occasion, helper if has_duty else None, Duty.Work.CARER).save()


def _furnish_hand_over(by: User, term: Term) -> None:
    """Monday: a child inside, somebody named to collect it, and a permission to walk home."""
    inside = Enrolment.objects.get(child=child(3))
    about = {"term": term, "child": inside.child, "enrolment": inside, "zone": term.zones.first()}
    session = Session.objects.get(day=DAY)
    Presence.objects.create(session=session, arrived_at=NOW, arrived_by=by, **about)
    named = {"child": inside.child, "valid_from": DAY}
    Collector.objects.create(
        full_name="甄邻居", phone="1", relation="邻居", named_by=by, named_at=NOW, **named
    )
    WalkHomePermission.objects.create(valid_until=DAY, given_by=by, given_at=NOW, **named)


def _furnish_child(number: int, parent: User, term: Term) -> None:
    born = Resident.objects.create(full_name=f"小五{number}", birth_date=NINE)
    consented(born, parent.resident)
    GuardianRight.objects.create(child=born, guardian=parent.resident, place=1)
    _take_seat(term, born, signed_up_by=parent)
    if number <= 3:
        enrol(number)


def enrol(number: int) -> Enrolment:
    seat = SignUp.objects.get(resident=child(number))
    term = Term.objects.get()
    about = {"school": "叠滘小学", "grade": "三年级", "zone": term.zones.last(), "weekdays": [2]}
    return Enrolment.objects.create(sign_up=seat, term=term, child=seat.resident, **about)


def _furnish_money(by: User) -> None:
    """A budget that was approved, with a grant that counts there; a draft; one to be approved."""
    item = spending.approved(by, spending.branch_lead(), document(CLOSED_YEAR))
    intake = Intake.objects.earliest("pk")
    fund = make_fund(title_zh="奖学金", year=intake.year, item=item)
    award(fund, make_application(by, intake, State.STUDYING), by)
    make_application(by, intake, State.ANNOUNCED)
    short.add_line(short.begin(document(DRAFT_YEAR), by))
    submitted = short.begin(document(SUBMITTED_YEAR), by)
    short.add_line(submitted)
    short.submit(submitted, by)


def document(year: int) -> Any:
    found = short.Document.objects.filter(programme=SLUG, work="budget", first_day__year=year)
    return found.first() or short.make_document(programme=SLUG, year=year)
