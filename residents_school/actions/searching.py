"""A speaker cannot come after all: others who know the topic are asked, the first yes counts.

Lock order: as in `invitations`.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from diedie_edu.activities.models import Occasion
from diedie_edu.common.errors import refusal_of
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school import messages
from residents_school.actions.speakers import notify_invited
from residents_school.models import Invitation
from residents_school.queries.invitations import who_can_be_invited
from residents_school.queries.lectures import lectures, speaker_ids
from residents_school.rules.invitations import check_needs_speaker

ASKED_AT_ONCE = 3
State = Invitation.State


def look_for_another(duty: Duty, gone: Volunteer, word: str, now: datetime) -> int:
    """Ask those who know the topic, are free and were not asked before; how many. The activity is
    locked. Of a draft and of what is called off nobody is asked."""
    if duty.work != Duty.Work.SPEAKER:
        return 0
    lecture = lectures().get(pk=duty.occasion.activity_id)
    own = Invitation.objects.filter(lecture=lecture, volunteer=gone, state=State.ACCEPTED)
    own.update(state=State.DECLINED, word=word, answered_at=now)
    occasion = Occasion.objects.select_related("activity", "venue").get(pk=duty.occasion_id)
    facts = (occasion.activity, occasion, speaker_ids(lecture.pk), now)
    if not occasion.activity.was_announced or refusal_of(check_needs_speaker, *facts):
        return 0
    asked_before = Invitation.objects.filter(lecture=lecture).values("volunteer")
    able: QuerySet[Any] = who_can_be_invited(lecture)
    able = able.filter(knows_topic=True).exclude(pk__in=asked_before)
    found = list(able.exclude(pk=gone.pk)[:ASKED_AT_ONCE])
    for volunteer in found:
        invitation = Invitation.objects.create(
            lecture_id=lecture.pk, volunteer=volunteer, invited_at=now
        )
        notify_invited(messages.INVITATION, invitation, occasion, now)
    return len(found)


def forget_person(person: Resident, now: datetime) -> None:
    """Of a speaker who is erased no word stays that was said to an invitation."""
    Invitation.objects.filter(volunteer__resident=person).delete()
