"""Reads of invitations to speak."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from diedie_edu.activities.models import Activity
from diedie_edu.common.links import numbers_in
from diedie_edu.people.models import Skill, Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school.models import Invitation, Lecture
from residents_school.queries import lectures

PURPOSE = "invitation"  # of the signed links


def invitation_behind(token: str) -> Invitation | None:
    """The one a signed link names; a forged link and one that is gone are the same."""
    numbers = numbers_in(token, PURPOSE)
    if not numbers:
        return None
    found = Invitation.objects.select_related("volunteer__resident")
    return found.filter(pk=numbers[0]).first()


def invitations_to(lecture: Lecture) -> QuerySet[Invitation]:
    """All of them, the latest first."""
    rows = Invitation.objects.filter(lecture=lecture.pk).select_related("volunteer__resident")
    return rows.order_by("-invited_at", "-pk")


def speaks_at(invitation: Invitation, now: datetime) -> bool:
    """Whether whoever was asked is down as a speaker of what lies ahead."""
    own = Duty.objects.filter(volunteer=invitation.volunteer_id, work=Duty.Work.SPEAKER)
    ahead = own.filter(occasion__activity=invitation.lecture_id, starts_at__gt=now, is_off=False)
    return ahead.exists()


def waited(now: datetime) -> datetime:
    """Whom staff should ask after was invited no later."""
    return now - timedelta(days=settings.INVITATION_DAYS)


def unanswered(now: datetime, invited_by: datetime) -> QuerySet[Invitation]:
    """Those that staff should ask after, where they have `waited`."""
    waiting = Invitation.objects.filter(state=Invitation.State.INVITED, invited_at__lte=invited_by)
    return waiting.filter(lecture__occasions__starts_at__gt=now)


def other_dates(now: datetime) -> QuerySet[Invitation]:
    """Days proposed that nobody has dealt with."""
    rows = Invitation.objects.filter(state=Invitation.State.OTHER_DATE)
    return rows.filter(lecture__occasions__starts_at__gt=now)


def stale_invitations(now: datetime) -> QuerySet[Invitation]:
    """Open ones to lectures that do not take place or have begun."""
    over = Q(lecture__state=Activity.State.CALLED_OFF) | Q(lecture__occasions__starts_at__lte=now)
    rows = Invitation.objects.filter(over, state__in=Invitation.OPEN)
    return rows.select_related("volunteer").order_by("pk")


def who_can_be_invited(lecture: Lecture) -> QuerySet[Volunteer]:
    """Whoever may speak and is neither asked, booked at the time, nor a speaker of it already;
    those who know the topic first."""
    occasion = lecture.occasion
    busy = Duty.objects.filter(
        volunteer=OuterRef("pk"),
        is_off=False,
        starts_at__lt=occasion.ends_at,
        ends_at__gt=occasion.starts_at,
    )
    asked = Invitation.objects.filter(
        volunteer=OuterRef("pk"), lecture=lecture.pk, state=Invitation.State.INVITED
    )
    knows = Skill.objects.filter(volunteer=OuterRef("pk"), topic=lecture.topic_id)
    return (
        Volunteer.objects.filter(lectures.WHO_CAN_SPEAK & ~Exists(busy) & ~Exists(asked))
        .annotate(knows_topic=Exists(knows))
        .select_related("resident")
        .order_by("-knows_topic", "resident__sort_key", "pk")
    )
