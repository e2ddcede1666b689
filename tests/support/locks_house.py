"""What the house of `access_house` has none of, for the lines of `locks`."""

from datetime import timedelta
from uuid import uuid4

from diedie_edu.accounts.models import User
from diedie_edu.decisions.models import Request
from diedie_edu.jobs.models import Job
from diedie_edu.keeping.models import Ending
from diedie_edu.notices.actions import wechat
from diedie_edu.notices.models import Chat, Notice
from diedie_edu.office.models import Document, FollowUp, Version, Work
from diedie_edu.people.models import ErasureRequest, PhoneChange, RecordChange, Resident
from diedie_edu.venues.models import Booking, RoomRequest
from diedie_edu.volunteering.models import Duty, DutySwap, VolunteerApplication
from edu_base.models import Intake, PhoneLeft, SchemeYear, State
from happy_square.models import Group, GroupApplication, MemberEntry
from tests.conftest import NOW
from tests.support.education import make_application
from tests.support.office import add_paragraph, begin, decide, make_document, submit
from tests.support.robots import make_robot
from tests.support.second_step import with_factor

SCENE = "of-a-code-on-a-screen"
TODAY, WEEK = NOW.date(), timedelta(days=7)


def furnish() -> None:
    """One of each."""
    by = User.objects.earliest("pk")
    with_factor(by, NOW)
    grown_up = Resident.objects.filter(birth_date=None, erasure_requests=None, volunteer=None)
    person, another = grown_up.order_by("pk")[:2]
    about = {"resident": person, "account": by}
    ErasureRequest.objects.create(**about, scope="all", seen="card", asked_at=NOW, due_on=TODAY)
    PhoneChange.objects.create(
        **about, new_phone="13955550009", how="code", proved_at=NOW, in_force_at=NOW
    )
    died = {"kind": "died", "by": by, "at": NOW, "undo_until": NOW + WEEK}
    RecordChange.objects.create(resident=person, **died)
    VolunteerApplication.objects.create(resident=another, kinds=["community"])
    _furnish_office(by)
    _furnish_duties()
    _furnish_rooms()
    group = Group.objects.earliest("pk")
    GroupApplication.objects.create(leader=person, title="合唱队", kind=group.kind)
    written = {"group": group, "since": TODAY, "entered_at": NOW}
    MemberEntry.objects.create(full_name="黄某", phone="1", is_for_staff=True, **written)
    MemberEntry.objects.create(full_name=another.full_name, phone=another.phone, **written)
    make_application(by, Intake.objects.earliest("pk"), State.INTERVIEWED)
    _furnish_what_is_due(by, another)


def _furnish_what_is_due(by: User, person: Resident) -> None:
    """Whatever a tick would take up."""
    FollowUp.objects.update(remind_on=TODAY)
    Request.objects.filter(state="submitted").update(remind_on=TODAY)
    Job.objects.create(kind="export", params={}, title="名单", asked_by=by)
    about = {"kind": "activities.called_off", "subject": "activity:1", "recipient": person}
    about |= {"event": "activities.called_off:activity:1:1", "created_at": NOW}
    leased = {"status": "claimed", "lease": uuid4(), "lease_until": NOW}
    for channel, state in (("sms", {}), ("inbox", {}), ("sms", leased)):
        Notice.objects.create(
            dedupe_key=str(uuid4()), channel=channel, next_try_at=NOW, **about, **state
        )
    wechat.tie(account=by, openid="oOfTheHouse", now=NOW)
    wechat.keep_code(account=by, scene=SCENE, address="http://weixin.qq.com/q/1", now=NOW)
    robot = make_robot(Chat.WECOM, NOW)
    said = {"dedupe_key": "robot", "kind": "activities.called_off", "subject": "activity:1"}
    said |= {"channel": "robot", "created_at": NOW, "next_try_at": NOW}
    Notice.objects.create(robot=robot, **said)
    Ending.objects.create(kind="role", number=1)
    PhoneLeft.objects.create(scheme="households", phone="13955550007", left_at=NOW)
    SchemeYear.objects.exclude(allotments=None).update(allotments_end_on=TODAY + WEEK / 2)


def _furnish_office(by: User) -> None:
    """Rules that were approved, and others that are written."""
    document = make_document(Work.RULES, "after-school")
    approved = _write_rules(document, by)
    submit(approved, by, NOW)
    decide(approved, User.objects.filter(role_grants__role="branch_lead").latest("pk"))
    _write_rules(document, by)


def _write_rules(document: Document, by: User) -> Version:
    version = begin(document, by, NOW)
    version.in_force_from, version.reason = TODAY + WEEK, "冬季时间"
    version.save()
    add_paragraph(version, kind="text", title="家长", text="18:30 前接走孩子。")
    return version


def _furnish_rooms() -> None:
    """A request that waits."""
    asked = RoomRequest.objects.earliest("pk")
    room = asked.bookings.earliest("pk")
    asked.pk, asked.state = None, RoomRequest.State.WAITING
    asked.save()
    later = {"starts_at": room.starts_at + 9 * WEEK, "ends_at": room.ends_at + 9 * WEEK}
    Booking.objects.create(request=asked, venue=room.venue, programme=room.programme, **later)


def _furnish_duties() -> None:
    offered, wanted = Duty.objects.exclude(volunteer=None).order_by("pk")[:2]
    people = {"asking": offered.volunteer, "asked": wanted.volunteer}
    DutySwap.objects.create(offered=offered, wanted=wanted, **people, asked_at=NOW)
