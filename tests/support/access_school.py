"""A term of the 4:30 school for the walk of `test_access.py`, with a child for each reader."""

from datetime import date, time, timedelta
from typing import Any

from after_school.actions.second_enrolments import SECOND_ENROLMENT
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    Enrolment,
    GuardianInvitation,
    GuardianMessage,
    GuardianRight,
    Presence,
    SchoolBreak,
    SecondEnrolment,
    Session,
    Term,
    WalkHomePermission,
    Zone,
    ZoneDay,
)
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.common.days import moment
from diedie_edu.common.links import token
from diedie_edu.decisions.actions.requests import submit
from diedie_edu.decisions.kinds import canonical
from diedie_edu.decisions.models import Deputy, Request
from diedie_edu.people.actions import access_log
from diedie_edu.people.actions.consents import child_hash
from diedie_edu.people.models import Clearance, Resident, Volunteer
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.models import Venue
from diedie_edu.volunteering.models import Duty, StandIn
from tests.conftest import NOW
from tests.support.children import NINE, consent_text, consented
from tests.support.occasions import make_occasion

DAY = date(2026, 12, 21)
TOLD = {
    "full_name": "小宝",
    "birth_date": NINE,
    "relation": "father",
    "school": "叠滘小学",
    "grade": "三年级",
    "class_name": "",
    "zone": "homework",
    "weekdays": [1],
    "allergies": "",
    "notes": "",
    "collectors": [],
}


def make_school(users: list[User]) -> Term:
    """One day in two rooms; every user has a child there, with one of everything."""
    term = Term.objects.create(
        programme=Programme.objects.get(slug="after-school"),
        title="秋季学期",
        capacity=60,
        taken=len(users),
        state=Activity.State.PUBLISHED,
        sign_up_opens_at=NOW - timedelta(days=9),
        sign_up_closes_at=NOW + timedelta(days=60),
        first_day=date(2026, 9, 1),
        last_day=date(2027, 1, 29),
        needs_clearance=True,
    )
    session = Session.objects.create(
        term=term, day=DAY, weekday=1, state="open", opened_at=NOW, opened_by=users[0]
    )
    SchoolBreak.objects.create(
        term=term, title="寒假", first_day=date(2027, 1, 25), last_day=date(2027, 1, 29)
    )
    for kind in Zone.Kind:
        venue = Venue.objects.create(title_zh=f"教室 {kind}", places=40)
        zone = Zone.objects.create(term=term, kind=kind, venue=venue, places=30)
        times = moment(DAY, time(16, 30)), moment(DAY, time(19, 0))
        occasion = make_occasion(term, venue, *times)
        ZoneDay.objects.create(session=session, zone=zone, term=term, occasion=occasion)
    for user in users:
        _make_child(term, user)
    helper = Volunteer.objects.get(resident__account__isnull=False)
    access_log.log_access(children=[1], by=users[0], page="record", now=NOW)
    Clearance.objects.create(
        volunteer=helper,
        result="clear",
        checked_on=NOW.date(),
        valid_until=DAY,
        checked_by=users[0],
    )
    mine, free = Occasion.objects.filter(activity=term).order_by("pk")
    Duty.at(mine, helper, Duty.Work.CARER).save()
    Duty.at(free, None, Duty.Work.TUTOR).save()
    StandIn.objects.create(duty=free.duties.get(), volunteer=helper, asked_at=NOW)
    return term


def _make_child(term: Term, user: User) -> None:
    child = Resident.objects.create(full_name="小宝", birth_date=NINE)
    consented(child, user.resident)
    GuardianRight.objects.create(child=child, guardian=user.resident, place=1)
    seat = SignUp.objects.create(
        activity=term, resident=child, status="seated", signed_up_at=NOW, seated_at=NOW
    )
    enrolment = Enrolment.objects.create(
        sign_up=seat,
        term=term,
        child=child,
        school="叠滘小学",
        grade="三年级",
        zone=term.zones.first(),
        weekdays=[1],
    )
    presence = Presence.objects.create(
        session=term.sessions.get(),
        enrolment=enrolment,
        term=term,
        child=child,
        arrived_at=NOW,
        arrived_by=user,
        zone=enrolment.zone,
    )
    GuardianMessage.objects.create(
        presence=presence, guardian=user.resident, what="late_15", sent_at=NOW
    )
    GuardianInvitation.objects.create(
        child=child,
        invited=user.resident,
        relation="father",
        sees_notes=True,
        decides=False,
        invited_by=user,
        invited_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    told = {"reported_by": user, "reported_at": NOW}
    Absence.objects.create(enrolment=enrolment, first_day=DAY, last_day=DAY, **told)
    named = {"child": child, "valid_from": DAY, "named_by": user, "named_at": NOW}
    barred = {"barred_at": NOW, "barred_by": user, "barred_reason": "法院裁定"}
    Collector.objects.create(full_name="王阿姨", phone="13900001111", relation="邻居", **named)
    Collector.objects.create(full_name="赵某", phone="1390000222", relation="-", **named, **barred)
    CollectorPass.objects.create(
        child=child,
        day=DAY,
        full_name="王阿姨",
        code_hash="0" * 64,
        expires_at=NOW + timedelta(days=60),
        made_by=user,
        made_at=NOW,
    )
    WalkHomePermission.objects.create(
        child=child, valid_from=DAY, valid_until=DAY, given_by=user, given_at=NOW
    )


def make_request(term: Term, user: User, other: User) -> None:
    """The user would enrol a child of somebody else; deputies are there too."""
    second = SecondEnrolment.objects.create(
        term=term,
        child=other.resident.wards.get().child,
        guardian=user.resident,
        agreed_to=consent_text(),
        child_hash=child_hash("小宝", NINE),
        sent=canonical(TOLD),
    )
    about = {"kind": SECOND_ENROLMENT, "subject": second.pk, "programme": "after-school"}
    submit(**about, data={"name": "小*", "term": term.title}, by=user, now=NOW)
    if user != other:
        days = {"first_day": NOW.date(), "last_day": NOW.date()}
        named = {"named_by": other, "named_at": NOW}
        Deputy.objects.create(account=user, deputy=other, **days, **named)


def request_pk(name: str, reader: User) -> int:
    """The reader's own where it is about that; else the stranger's, who comes first. The reader
    ends no deputy of others."""
    if name == "decisions:deputy_end":
        return Deputy.objects.exclude(account=reader).earliest("pk").pk
    if name in ("decisions:own", "decisions:withdraw"):
        return Request.objects.get(asked_by=reader, kind=SECOND_ENROLMENT.slug).pk
    return Request.objects.earliest("pk").pk


def school_values(name: str, reader: User, term: Term) -> dict[str, object]:
    """What the addresses of the 4:30 school name: the reader's child, and what hangs on it."""
    child = reader.resident.wards.get().child
    rows: dict[str, Any] = {
        "absence_back": child.enrolments.get().absences,
        "guardian_change": child.guardian_rights,
        "guardian_seen": child.guardian_rights,
        "guardian_uninvite": child.guardian_invitations,
        "collector_bar": child.collectors,
        "bar_lift": child.collectors.filter(barred_at__isnull=False),
        "for_family_row": child.collectors.filter(barred_at=None),
        "pass_back": child.passes,
        "walk_home_back": child.walk_home_permissions,
        "paper_withdrawal": child.consents,
        "session_call_off": term.sessions,
        "session_hold_again": term.sessions,
        "break_back": term.breaks,
        "refusal_note": child.collectors,
        "message_seen": GuardianMessage.objects,
        "slot": Duty.objects.filter(occasion__activity=term, volunteer=None),
        "slot_take": Occasion.objects.filter(activity=term),
        "swap_offer": Duty.objects.filter(occasion__activity=term, volunteer__isnull=False),
        "slot_give_back": Duty.objects.filter(occasion__activity=term, volunteer__isnull=False),
        "which_child": SecondEnrolment.objects,
        "day_topic": ZoneDay.objects.filter(zone__kind="activities"),
    }
    page = name.removeprefix("after_school:")
    pk = rows[page].first().pk if page in rows else term.pk
    session = term.sessions.get().pk
    tokens = {
        "stand_in": token("stand_in", StandIn.objects.get().pk),
        "on_duty": token("on_duty", session),
        "swap_answer": token("swap", 1),
        "where_by_link": token("missing", child.presences.get().pk, reader.resident.pk),
        "guardian_invitation": token(
            "guardian_invitation",
            GuardianInvitation.objects.filter(invited__account=reader).earliest("pk").pk,
        ),
    }
    found = {"child": child.pk, "pk": pk, "term": term.pk, "session": session}
    found |= {"kind": "bar" if page == "for_family_row" else "collector"}
    return found | ({"token": tokens[page]} if page in tokens else {})
