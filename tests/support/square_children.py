"""Short hands for tests about children in groups of Happy Square."""

from datetime import date, datetime

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.people.models import Clearance, Resident, Volunteer
from happy_square.models import Group
from tests.support.children import consent_text
from tests.support.groups import lead, make_group


def check(resident: Resident, staff: User, until: date = date(2027, 6, 1)) -> Clearance:
    volunteer, _new = Volunteer.objects.get_or_create(resident=resident, kinds=["community"])
    return Clearance.objects.create(
        volunteer=volunteer,
        result="clear",
        checked_on=date(2026, 6, 1),
        valid_until=until,
        checked_by=staff,
    )


def square_text() -> dict[str, object]:
    text = consent_text("square")
    type(text).objects.filter(pk=text.pk).update(programme="happy-square")
    text.refresh_from_db()
    return {"text": text}


def seat(group: Group, child: Resident, now: datetime) -> SignUp:
    row = {"status": "seated", "signed_up_at": now, "seated_at": now}
    made = SignUp.objects.create(activity=group, resident=child, **row)
    Activity.objects.filter(pk=group.pk).update(taken=1)
    return made


def childrens_group(staff: User) -> Group:
    """One that takes children, led by 喻小雪, who has been checked."""
    leader = Resident.objects.create(full_name="喻小雪")
    check(leader, staff)
    group = make_group(title="小叠舞", takes_children=True)
    lead(group, leader)
    return group
