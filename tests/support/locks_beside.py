"""What goes on beside rows that others hold, and what has no row; for `locks`."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

from after_school.actions import enrolling
from diedie_edu.accounts.actions import codes
from diedie_edu.activities.actions import records
from diedie_edu.activities.models import Activity
from diedie_edu.decisions.actions import reminders
from diedie_edu.decisions.models import Request
from diedie_edu.jobs.actions import leases
from diedie_edu.jobs.models import Job
from diedie_edu.keeping.actions import tables
from diedie_edu.lists.actions import loading
from diedie_edu.notices.models import Notice
from diedie_edu.notices.outbox import chats, inbox, steps, together, upkeep
from diedie_edu.office.actions import contacts, rulebook
from diedie_edu.office.models import FollowUp
from diedie_edu.people.actions import changes
from diedie_edu.portal.certificates import actions as certificates
from diedie_edu.programmes.models import RuleVersion
from diedie_edu.venues.actions import calendar
from diedie_edu.venues.models import Venue
from edu_base.actions import (
    asking,
    enterprise_offers,
    enterprises,
    forgetting,
    mobilising,
    nomination_upkeep,
)
from edu_base.models import (
    Allotment,
    Application,
    Nomination,
    OfferInterest,
    PhoneLeft,
    StudyQuestion,
)
from happy_square.actions import entries
from happy_square.models import MemberEntry
from residents_school.actions import invitations
from residents_school.models import Invitation
from tests.conftest import NOW
from tests.support.locks import Line
from tests.support.races import Call

DAY = timedelta(days=1)


def while_it_is_held(invitation: Invitation) -> int:
    begun = invitation.lecture.occasion.starts_at + timedelta(minutes=10)
    return invitations.close_invitations(begun)


LINES: list[Line] = [
    ("records._hold", Activity, {}, lambda row: records._hold([row.pk])),
    ("reminders.plan_reminders", Request, {}, lambda _row: reminders.plan_reminders(NOW)),
    ("leases.claim", Job, {"state": "queued"}, lambda _row: leases.claim(NOW)),
    ("inbox.deliver_inbox", Notice, {"status": "queued"}, lambda _row: inbox.deliver_inbox(NOW)),
    ("steps.claim", Notice, {"status": "queued"}, lambda _row: steps.claim("sms", 9, NOW).ids),
    ("together._waiting_beside", Notice, {"status": "queued", "channel": "sms"}, lambda row:
        together._waiting_beside(Notice(
            kind=row.kind, subject=row.subject, recipient=row.recipient), uuid4(), NOW)),
    ("chats._due_beside", Notice, {"channel": "robot"}, lambda row: chats._due_beside(
        Notice(robot_id=row.robot_id), uuid4(), NOW)),
    ("upkeep.reap", Notice, {"status": "claimed"}, lambda _row: upkeep.reap(NOW)),
    ("contacts.plan_reminders", FollowUp, {}, lambda _row: contacts.plan_reminders(NOW)),
    ("rulebook._ask", RuleVersion, {}, lambda _row: rulebook._ask("after-school", NOW + 9 * DAY)),
    ("invitations.close_invitations", Activity, {"lecture__invitations__isnull": False}, lambda row:
        while_it_is_held(row.lecture.invitations.get())),
    ("entries.look_up", MemberEntry, {}, lambda _row: entries.look_up(NOW)),
    ("asking.ask_students", StudyQuestion, {}, lambda _row: asking.ask_students(NOW)),
    ("enterprise_offers.ask", OfferInterest, {}, lambda _row: enterprise_offers.ask(
        NOW + 99 * DAY)),
    ("enterprises.remind", Allotment, {}, lambda _row: enterprises.remind(NOW + DAY)),
    ("forgetting._some", Application, {}, lambda _row: forgetting._some(Application.objects.all())),
    ("mobilising.tell_of_opening", PhoneLeft, {}, lambda _row: mobilising.tell_of_opening(NOW)),
    ("nomination_upkeep.remind", Nomination, {}, lambda _row: nomination_upkeep.remind(
        NOW + 30 * DAY)),
]  # fmt: skip

CHILD = SimpleNamespace(full_name="小宝", birth_date=date(2017, 5, 4))
KIND = SimpleNamespace(locked_tables=("people_resident",))
EACH_OTHER: dict[str, Call] = {
    "codes._take_turns": lambda: codes._take_turns("13955550001", "place"),
    "leases._count_alone": leases._count_alone,
    "changes.lock_records": lambda: changes.lock_records([]),
    "certificates._lock_numbers": certificates._lock_numbers,
    "enrolling._lock_name": lambda: enrolling._lock_name(CHILD),
    "loading._lock_tables": lambda: loading._lock_tables(KIND),
}
TURNS: list[tuple[str, Call, Call]] = [
    *((name, call, call) for name, call in EACH_OTHER.items()),
    ("calendar.lock_calendar", calendar.lock_calendar_alone, calendar.lock_calendar),
    ("calendar.lock_calendar_alone", calendar.lock_calendar, calendar.lock_calendar_alone),
    ("tables.take_alone", lambda: list(Venue.objects.all()[:1]), tables.take_alone),
]
