"""Reads of what guardians told the staff of an afternoon."""

from datetime import date

from django.db.models import QuerySet

from after_school.models import GuardianMessage, Presence, Session
from diedie_edu.common.composed import Composed


def unseen_at(session: Session) -> list[GuardianMessage]:
    """With the child and who wrote, the oldest first."""
    return UNSEEN.rows(session=session.pk)


UNSEEN = Composed[GuardianMessage](
    lambda session: GuardianMessage.objects.filter(
        presence__session=session, seen_at=None
    ).select_related("presence__child", "guardian"),
    session=int,
)


def unseen_today(today: date) -> QuerySet[GuardianMessage]:
    return GuardianMessage.objects.filter(presence__session__day=today, seen_at=None)


def messages_of(presence: Presence | None) -> list[GuardianMessage]:
    """All of a child's day, with who wrote and who saw them."""
    if presence is None:
        return []
    found = GuardianMessage.objects.filter(presence=presence)
    return list(found.select_related("guardian", "seen_by"))
