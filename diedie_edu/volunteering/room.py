"""What volunteering brings to the shared rooms; those on duty stand at their occasions."""

from datetime import UTC, datetime

from django.db import IntegrityError
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.models import Occasion, ReminderTime
from diedie_edu.activities.participants import Occasions, Participants
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.merging import Meeting, own_goes
from diedie_edu.common.parts import DeskGroup, DeskProblems, QuickAction
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import Copied, PersonSection
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.actions import applications, ended_again, leaving
from diedie_edu.volunteering.actions.clearances import hold_places, release_uncleared
from diedie_edu.volunteering.actions.departing import check_checks, free_duties
from diedie_edu.volunteering.actions.duties import DUTY_CONSTRAINT, lock_volunteers
from diedie_edu.volunteering.actions.roster import release_who_cannot_come
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries import desk
from diedie_edu.volunteering.queries.duties import clashes, duties_at
from diedie_edu.volunteering.queries.person import person_sections
from diedie_edu.volunteering.rules import booked

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _reminded() -> QuerySet[Duty]:
    rows = Duty.objects.filter(volunteer__isnull=False)
    since = Coalesce("filled_at", Value(LONG_AGO), output_field=DateTimeField())
    return rows.annotate(resident_id=F("volunteer__resident_id"), since=since)


def _lock(occasions: Occasions) -> None:
    """Their times move with the occasions' (ids)."""
    lock_volunteers(duties_at(occasions).values_list("volunteer", flat=True))


def _refusal(error: IntegrityError, occasion: Occasion, by: User) -> Refused | None:
    if constraint_of(error) != DUTY_CONSTRAINT:
        return None
    return booked(clashes(_volunteers_at(occasion), occasion), by)


def _volunteers_at(occasion: Occasion) -> QuerySet:
    return occasion.duties.exclude(volunteer=None).values_list("volunteer", flat=True)


ON_DUTY = Participants(
    audience=ReminderTime.Audience.ON_DUTY,
    reminder=messages.DUTY_REMINDER,
    to_occasion="occasion__",
    to_activity="occasion__activity__",
    at=duties_at,
    reminded=_reminded,
    since="since",
    lock=_lock,
    refusal=_refusal,
    release=release_who_cannot_come,
)

AT_ONCE = _("Both are on duty at the same time. First take one of them off that duty.")
TWO_AT_ONCE = (
    Meeting("volunteer_once_per_occasion", words=AT_ONCE),
    Meeting(DUTY_CONSTRAINT, words=AT_ONCE),
    Meeting(
        "two_people_swap_their_duties",
        words=_("They have asked each other to swap duties, so they are two people."),
    ),
)

MANIFEST = Manifest(
    parts=(
        *ended_again.ENDINGS,
        ON_DUTY,
        *defined_in(messages, Kind),
        messages.DUTY,
        AdminModels(Permission.KEEP_PEOPLE, ("view:volunteering.certificate",)),
        QuickAction(
            100,
            _("Volunteers' hours"),
            "volunteering:hours",
            "clock",
            Permission.PLAN_ACTIVITIES,
            group=DeskGroup.PEOPLE,
        ),
        DeskProblems(desk.problems, (desk.TO_CONFIRM,)),
        PersonSection(person_sections),
        Endings(
            clearance_ends=hold_places,
            clearance_ended=release_uncleared,
            departed=free_duties,
            rearranged=check_checks,
            volunteer_leaves=leaving.hold_all,
            volunteer_left=leaving.free_all,
            erased=leaving.forget_person,
            matters=leaving.matters,
        ),
        Meeting("stand_in_asked_once", own_goes),
        Meeting(
            "volunteering.VolunteerApplication.resident",
            words=_("Both want to be volunteers. First decide on one of the two requests."),
        ),
        *TWO_AT_ONCE,
        Endings(erased=applications.forget_person),
        applications.VOLUNTEERING,
        Copied("volunteering.Duty", "volunteer__resident"),
    )
)
