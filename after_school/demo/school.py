"""A term of the 4:30 school in progress: children whose guardians have consented, and every
afternoon behind them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from after_school.actions import collecting, enrolling, seeing
from after_school.actions.second_enrolments import enrol_or_ask
from after_school.actions.terms import TermPlan, ZonePlan, announce_term, plan_term
from after_school.models import (
    Collector,
    DayTopic,
    Enrolment,
    GuardianRight,
    Note,
    Presence,
    Session,
    Term,
    Zone,
    ZoneDay,
)
from after_school.queries.terms import planned_days
from after_school.rules.terms import PROGRAMME, TermDays
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import local_day, moment
from diedie_edu.people.actions import clearances, consents
from diedie_edu.people.models import Consent, Resident, Volunteer, VolunteerKind
from diedie_edu.people.queries import consent_text_in_force
from diedie_edu.programmes.demo import SignIn
from diedie_edu.venues.models import Venue

GUARDIAN = SignIn(Role.RESIDENT, "13800000007", "方清明", _("has a child at the 4:30 school"))
BEGAN, LASTS = timedelta(days=35), timedelta(days=110)
# Children by name, years and grade; named after the days of the old calendar, as nobody is.
CHILDREN = (
    ("方小满", 9, "三年级"),
    ("施惊蛰", 8, "二年级"),
    ("甄白露", 10, "四年级"),
    ("巫大雪", 7, "一年级"),
    ("游立夏", 11, "五年级"),
    ("卞寒露", 9, "三年级"),
)
LATELY = ("云谷雨", 8, "二年级")
HELPERS = (VolunteerKind.STUDENT_PARTY, VolunteerKind.RETIRED_PARTY)


def create_school(staff: User, now: datetime) -> Term:
    """The term, its children, cleared helpers, and the afternoons that lie behind."""
    began = now - BEGAN
    term = _plan(staff, local_day(began), began)
    guardian = User.objects.get(phone=GUARDIAN.phone)
    mother, _is_new = Resident.objects.get_or_create(
        account=guardian, defaults={"full_name": guardian.display_name, "phone": guardian.phone}
    )
    for number, row in enumerate(CHILDREN):
        by = guardian if number == 0 else staff
        person = mother if number == 0 else _guardian(row[0], number)
        enrolling.enrol(wish=_wish(term, person, row, number, began), by=by, now=began)
    _see(mother, staff, began)
    GuardianRight.objects.filter(guardian=mother).update(hears_arrival=True)
    _clear_helpers(staff, now)
    for session in term.sessions.filter(day__lt=local_day(now)):
        _play(session, staff)
    _set_topics(term)
    return term


def _plan(staff: User, first: date, now: datetime) -> Term:
    library, room = (Venue.objects.get(title_zh=name) for name in ("图书室", "活动室"))
    days = TermDays(first, first + LASTS, time(16, 30), time(19, 0))
    zones = [
        ZonePlan(Zone.Kind.HOMEWORK, library, 20, 2, 10),
        ZonePlan(Zone.Kind.ACTIVITIES, room, 20, 2, 10),
    ]
    plan = TermPlan("本学期四点半学校", days, zones, now)
    kept = [row.key for row in planned_days(days, plan.venues) if row.is_held]
    term = plan_term(plan=plan, kept=kept, breaks=[], by=staff, now=now)
    announce_term(term=term, by=staff, now=now)
    return Term.objects.get(pk=term.pk)


def _guardian(child: str, number: int) -> Resident:
    return consents.add_grown_up(full_name=f"{child[0]}家长", phone=f"1380003{number:04d}")


def _see(guardian: Resident, staff: User, now: datetime) -> None:
    """The guardian showed a document at the gate on the first day."""
    for right in GuardianRight.objects.filter(guardian=guardian).select_related("guardian"):
        seeing.note_sight(right=right, how=GuardianRight.Seen.DOCUMENT, by=staff, now=now)


def enrol_lately(term: Term, guardian: Resident, now: datetime) -> None:
    """A child whose guardian is still to come to the gate with a document."""
    assert guardian.account is not None
    wish = replace(_wish(term, guardian, LATELY, 0, now), collectors=[])
    enrolling.enrol(wish=wish, by=guardian.account, now=now)


def ask_once_more(term: Term, person: Resident, now: datetime) -> None:
    """Somebody else would enrol a child that is there: it waits for staff."""
    assert person.account is not None
    wish = _wish(term, person, CHILDREN[1], 0, now)
    enrol_or_ask(wish=replace(wish, collectors=[]), by=person.account, now=now)


def _wish(
    term: Term, guardian: Resident, row: tuple[str, int, str], number: int, now: datetime
) -> enrolling.Wish:
    name, years, grade = row
    text = consent_text_in_force(PROGRAMME, now)
    assert text is not None
    zones = list(term.zones.order_by("pk"))
    on_paper = (Consent.Way.PAPER, f"3 号柜 2026-{number}") if number else (Consent.Way.ONLINE, "")
    born = date(local_day(term.sign_up_opens_at).year - years, 4, 12)
    return enrolling.Wish(
        term=term,
        guardian=guardian,
        facts=enrolling.ChildFacts(name, born, "mother"),
        place=enrolling.Place(
            school="叠滘小学",
            grade=grade,
            class_name="",
            zone=zones[number % 2],
            weekdays=[1, 2, 3, 4, 5] if number % 3 else [1, 3, 5],
            allergies="花生" if number == 2 else "",
            notes="",
        ),
        collectors=[
            collecting.NewCollector(
                f"{name[0]}奶奶", f"1380004{number:04d}", "奶奶", local_day(now)
            )
        ],
        agreement=consents.Agreement(text, *on_paper),
    )


def _clear_helpers(staff: User, now: datetime) -> None:
    """The two kinds of the plan, and whoever can sign in. One check runs out within the month, so
    that the leads' list has something to show."""
    meant = Q(kinds__overlap=list(HELPERS)) | Q(resident__account__isnull=False)
    for number, volunteer in enumerate(Volunteer.objects.filter(meant).order_by("pk")):
        left = timedelta(days=20 if number == 0 else 300)
        clearances.record_clearance(
            volunteer=volunteer,
            result="clear",
            checked_on=local_day(now - BEGAN),
            valid_until=local_day(now + left),
            by=staff,
            now=now,
        )


def _play(session: Session, staff: User) -> None:
    """An afternoon as it went: opened, everybody came and was collected, closed."""
    opened, closed = moment(session.day, time(16, 20)), moment(session.day, time(18, 50))
    by_staff = {"opened_at": opened, "opened_by": staff}
    Session.objects.filter(pk=session.pk).update(state=Session.State.OPEN, **by_staff)
    coming = Enrolment.objects.filter(term=session.term_id, weekdays__contains=[session.weekday])
    everybody = Collector.objects.order_by("child_id", "pk").distinct("child_id")
    collectors = {row.child_id: row for row in everybody}
    presences = [
        Presence(
            session=session,
            enrolment=enrolment,
            term_id=session.term_id,
            child_id=enrolment.child_id,
            arrived_at=moment(session.day, time(16, 30 + number)),
            arrived_by=staff,
            zone_id=enrolment.zone_id,
            left_at=moment(session.day, time(18, 5 + number)),
            left_by=staff,
            collector=collectors.get(enrolment.child_id),
            checked_how=Presence.Check.KNOWN,
        )
        for number, enrolment in enumerate(coming.order_by("pk"))
    ]
    Presence.objects.bulk_create(presences)
    for presence in presences[:1]:
        Note.objects.create(
            presence=presence,
            kind=Note.Kind.HOMEWORK,
            text="语文抄写和数学口算都做完了，字写得很工整。",
            written_by=staff,
            written_at=closed,
        )
    Session.objects.filter(pk=session.pk).update(
        state=Session.State.CLOSED, closed_at=closed, closed_by=staff
    )


def _set_topics(term: Term) -> None:
    topics = list(DayTopic.objects.filter(is_offered=True))
    days = ZoneDay.objects.filter(term=term, zone__kind=Zone.Kind.ACTIVITIES).order_by("pk")
    if not topics:
        return
    rows = list(days)
    for number, row in enumerate(rows):
        row.topic = topics[number % len(topics)]
    ZoneDay.objects.bulk_update(rows, ["topic"], batch_size=100)
