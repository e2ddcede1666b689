"""A grown-up who has one of everything that the portal keeps of somebody."""

from datetime import date, timedelta

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Attendance, ExcusedAbsence, SignUp
from diedie_edu.door.models import Feedback
from diedie_edu.notices.actions import notify, wechat
from diedie_edu.people.actions import events
from diedie_edu.people.models import (
    Household,
    PersonEvent,
    Resident,
    Skill,
    Topic,
    Volunteer,
)
from diedie_edu.portal.calendar.actions import renew_feed
from diedie_edu.publicity.models import PictureConsent
from diedie_edu.volunteering.actions import applications, hours
from edu_base.models import State
from happy_square.actions import applications as groups
from happy_square.models import GroupApplication
from residents_school import messages
from residents_school.models import Answer, Invitation, Lecture, Survey, Wish
from tests.conftest import NOW
from tests.support.duties import on_duty
from tests.support.education import make_application, make_intake
from tests.support.groups import lead, make_group, make_kind, member
from tests.support.seats import enter

NUMBER, BORN = 987_654_321, date(1961, 2, 17)
WORDS = {
    "name": "欧阳无痕",
    "key": "欧阳无痕",
    "sort key": "wu2无",
    "phone": "13855501234",
    "e-mail": "wuhen@example.org",
    "birth date": f"{BORN:%Y-%m-%d}",
    "house": "幸福里七号",
    "words": "我会写隶书",
}
YESTERDAY = NOW - timedelta(days=1)


def grown_up(user: User) -> Resident:
    """The person behind an account, whose traces can be found in any text."""
    Resident.objects.filter(account=user).delete()
    User.objects.filter(pk=user.pk).update(phone=WORDS["phone"], display_name=WORDS["name"])
    household = Household.objects.create(
        label=WORDS["house"], address=WORDS["house"], phone=WORDS["phone"]
    )
    return Resident.objects.create(
        pk=NUMBER,
        account=User.objects.get(pk=user.pk),
        household=household,
        full_name=WORDS["name"],
        phone=WORDS["phone"],
        email=WORDS["e-mail"],
        birth_date=BORN,
    )


def visits(person: Resident, past: Lecture, ahead: Lecture) -> Attendance:
    """A seat ahead, one that was used, words afterwards, and an absence that was excused."""
    enter(ahead, person)
    seat = {"status": SignUp.Status.SEATED, "seated_at": YESTERDAY, "signed_up_at": YESTERDAY}
    SignUp.objects.create(activity=past, resident=person, signed_up_by=person.account, **seat)
    occasion = past.occasions.get()
    came = Attendance.objects.create(
        occasion=occasion,
        resident=person,
        arrived_at=occasion.starts_at,
        recorded_by=person.account,
    )
    answers = {"use": "much", "level": "right", "again": "yes"}
    Feedback.objects.create(attendance=came, words=WORDS["words"], said_at=NOW, **answers)
    ExcusedAbsence.objects.create(
        occasion=ahead.occasions.get(), resident=person, reason=WORDS["words"], excused_at=NOW
    )
    return came


def wishes(person: Resident, topic: Topic) -> None:
    Wish.objects.create(resident=person, topic=topic, wished_at=NOW)
    survey = Survey.objects.create(title="问卷", opens_on=NOW.date(), closes_on=NOW.date())
    Answer.objects.create(survey=survey, resident=person, source="online", answered_at=NOW)


def serves(person: Resident, past: Lecture, ahead: Lecture, topic: Topic, by: User) -> Volunteer:
    """Hours that are confirmed, a lecture ahead, and a word to whoever invited."""
    facts = {"kinds": ["expert"], "introduction": WORDS["words"]}
    volunteer = Volunteer.objects.create(resident=person, **facts)
    Skill.objects.create(volunteer=volunteer, topic=topic)
    served = on_duty(past.occasions.get(), volunteer)
    hours.confirm_hours(served={served.pk: 90}, by=by, now=NOW)
    on_duty(ahead.occasions.get(), volunteer)
    Invitation.objects.create(
        lecture=ahead,
        volunteer=volunteer,
        state="accepted",
        word=WORDS["words"],
        invited_by=by,
        invited_at=NOW,
        answered_at=NOW,
    )
    return volunteer


def belongs(person: Resident, by: User) -> None:
    """Groups: led, belonged to, and asked for; a class applied for; a picture agreed to."""
    lead(make_group(), person)
    member(make_group(), person)
    asked = GroupApplication(
        leader=person, title="隶书社", kind=make_kind(), introduction=WORDS["words"]
    )
    groups.apply(application=asked, by=person.account, now=NOW)
    make_application(by, make_intake(), State.SUBMITTED, person=person)
    PictureConsent.objects.create(
        person=person, given_on=NOW.date(), paper_reference="柜1", recorded_at=NOW, recorded_by=by
    )


def asks(person: Resident, topic: Topic) -> None:
    facts = {"kinds": ["community"], "introduction": WORDS["words"], "free_times": []}
    told = {"kind": PersonEvent.Kind.CORRECTED, "reason": WORDS["words"], "now": NOW}
    events.note(resident=person, by=person.account, **told)
    applications.apply(resident=person, facts=facts, topics=[topic], by=person.account, now=NOW)


def hears(person: Resident, lecture: Lecture, staff: User) -> None:
    """Messages to the person, and one to staff that tells the name."""
    facts = {"title": lecture.title, "person": person.full_name, "activity": lecture.pk}
    told = {"kind": messages.INVITATION_ACCEPTED, "subject": "invitation:1", "data": facts}
    notify(**told, accounts=[staff.pk], now=NOW)
    notify(**told, recipients=[person.pk], now=NOW)
    renew_feed(by=person.account, now=NOW)
    wechat.tie(account=person.account, openid="oWuHen", now=NOW)
