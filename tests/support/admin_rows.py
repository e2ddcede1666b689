"""One row of each model of the admin site of which the demo season has none."""

from datetime import timedelta

from diedie_edu.accounts.models import PrivacyNotice, RoleChange, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.models import AttendanceUndone, ExcusedAbsence, Occasion
from diedie_edu.decisions.models import Deputy
from diedie_edu.notices.models import Attempt, Notice, Reached
from diedie_edu.people.access_pages import PAGES
from diedie_edu.people.actions.access_log import log_access
from diedie_edu.people.models import Organisation, Resident
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Booking, Displacement, SpecialDay
from edu_base.models import CampaignEvent, EnterpriseOffer
from residents_school.models import LectureSeries
from tests.conftest import NOW, SATURDAY
from tests.support.approving import approve


def what_the_season_lacks(user: User) -> None:
    person, occasion = Resident.objects.earliest("pk"), Occasion.objects.earliest("starts_at")
    AttendanceUndone.objects.create(
        occasion=occasion, resident=person, arrived_at=NOW, how="list", undone_at=NOW
    )
    ExcusedAbsence.objects.create(occasion=occasion, resident=person, reason="生病", excused_at=NOW)
    for page in PAGES:
        log_access(children=[person.pk], by=user, page=page, now=NOW)
    _of_staff(user)
    _of_messages(user, person)
    _of_rooms(user)
    EnterpriseOffer.objects.create(
        event=CampaignEvent.objects.earliest("pk"),
        enterprise=Organisation.objects.filter(kind="enterprise").earliest("pk"),
        kind="job",
        title="装配工",
        places=2,
        made_by=user,
        made_at=NOW,
    )
    LectureSeries.objects.create(
        title="书法",
        first_day=SATURDAY,
        weekdays=[6],
        weeks=8,
        starts="09:30",
        ends="11:00",
        on_clash="move",
    )


def _of_staff(user: User) -> None:
    other = User.objects.exclude(pk=user.pk).earliest("pk")
    until = SATURDAY + timedelta(days=7)
    Deputy.objects.create(
        account=user,
        deputy=other,
        first_day=SATURDAY,
        last_day=until,
        named_by=user,
        named_at=NOW,
    )
    RoleChange.objects.create(user=other, role=Role.STAFF, is_given=True, by=user, at=NOW)
    PrivacyNotice.objects.get_or_create(version="0", defaults={"in_force_from": NOW, "text": "空"})


def _of_messages(user: User, person: Resident) -> None:
    notice = Notice.objects.earliest("pk")
    Attempt.objects.create(notice=notice, number=99, lease="0" * 32, started_at=NOW)
    Reached.objects.create(event=notice.event, recipient=person, by=user, at=NOW)
    approve("模板", code="1", text="报名成功。")


def _of_rooms(user: User) -> None:
    SpecialDay.objects.get_or_create(day=SATURDAY, defaults={"kind": "off"})
    gone, gained = Booking.objects.filter(is_fixed=False).order_by("pk")[:2]
    Displacement.objects.create(
        booking=gone,
        gained=gained,
        programme=Programme.objects.earliest("pk"),
        reason="选举",
        by=user,
        at=NOW,
    )
