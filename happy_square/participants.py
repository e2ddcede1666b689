"""Who stands at the dates of groups: their members, and those who try it; and at festivals the
leaders of groups that take part."""

from django.db.models import F, QuerySet

from diedie_edu.activities.models import ReminderTime, SignUp
from diedie_edu.activities.participants import Occasions, Participants
from diedie_edu.people.queries import has_reader
from happy_square.festival_messages import FESTIVAL_REMINDER
from happy_square.meet_up_messages import REMINDER
from happy_square.models import FestivalInvitation, Leadership, Trial


def members_at(occasions: Occasions) -> QuerySet[SignUp]:
    """With a seat in the groups that meet at these occasions (ids): one row for each of both."""
    return SignUp.objects.filter(
        activity__occasions__in=occasions,
        activity__is_ongoing=True,
        status=SignUp.Status.SEATED,
    )


def leading_at(occasions: Occasions) -> QuerySet[Leadership]:
    """Who leads the groups that meet at these occasions (ids), whether they are members or not."""
    return Leadership.objects.filter(ended_at=None, group__occasions__in=occasions)


def performing() -> QuerySet[FestivalInvitation]:
    """A row for each live leader of each group that takes part, with `resident_id`."""
    rows = FestivalInvitation.objects.filter(
        state=FestivalInvitation.State.ACCEPTED,
        group__leaderships__ended_at=None,
        group__leaderships__isnull=False,
    )
    return rows.annotate(resident_id=F("group__leaderships__resident"))


def performing_at(occasions: Occasions) -> QuerySet[FestivalInvitation]:
    """The same at some occasions (ids)."""
    return performing().filter(festival__occasions__in=occasions)


# Whoever reads no message is not reminded of what comes every week: staff would be asked to call.
MEMBERS = Participants(
    audience=ReminderTime.Audience.SEATED,
    reminder=REMINDER,
    to_occasion="activity__occasions__",
    to_activity="activity__",
    at=members_at,
    reminded=lambda: SignUp.objects.filter(
        has_reader("resident_id"),
        status=SignUp.Status.SEATED,
        wants_reminders=True,
        activity__is_ongoing=True,
    ),
    since="seated_at",
    told_by_programme=True,
)
TRIERS = Participants(
    audience=ReminderTime.Audience.SEATED,
    reminder=REMINDER,
    to_occasion="occasion__",
    to_activity="occasion__activity__",
    at=lambda occasions: Trial.objects.filter(occasion__in=occasions),
    reminded=lambda: Trial.objects.filter(has_reader("resident_id"), wants_reminders=True),
    since="asked_at",
    told_by_programme=True,
)
# Not in the manifest: they hear of changes (`actions.telling`), and are not reminded of their own.
LEADING = Participants(
    audience=ReminderTime.Audience.SEATED,
    reminder=REMINDER,
    to_occasion="group__occasions__",
    to_activity="group__",
    at=leading_at,
    reminded=Leadership.objects.none,
    told_by_programme=True,
)
PERFORMING = Participants(
    audience=ReminderTime.Audience.SEATED,
    reminder=FESTIVAL_REMINDER,
    to_occasion="festival__occasions__",
    to_activity="festival__",
    at=performing_at,
    reminded=performing,
    since="answered_at",
)
