"""A volunteer begins and ends to serve.

Lock order: what the apps hold for the volunteer → the volunteer.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.manifests import parts_of
from diedie_edu.people.actions.residents import match_volunteer_roles
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import Resident, Skill, Topic, Volunteer


@transaction.atomic
def serve(
    *, resident: Resident, facts: dict[str, Any], topics: Iterable[Topic], by: User, now: datetime
) -> Volunteer:
    """Somebody serves from now on, for the first time or again; `facts` are kinds, introduction
    and free times."""
    volunteer, _is_new = Volunteer.objects.update_or_create(
        resident=resident, defaults=facts | {"is_active": True, "joined_on": local_day(now)}
    )
    set_topics(volunteer=volunteer, topics=topics)
    match_volunteer_roles(residents=[resident.pk], by=by, now=now)
    return volunteer


@transaction.atomic
def set_topics(*, volunteer: Volunteer, topics: Iterable[Topic]) -> None:
    """What a volunteer can teach, as they say it themselves."""
    wanted = {topic.pk for topic in topics}
    Skill.objects.filter(volunteer=volunteer).exclude(topic__in=wanted).delete()
    Skill.objects.bulk_create(
        [Skill(volunteer=volunteer, topic_id=number) for number in sorted(wanted)],
        ignore_conflicts=True,
    )


@transaction.atomic
def leave(*, volunteer: Volunteer, by: User | None, now: datetime) -> bool:
    """Somebody serves no more: duties ahead are freed, others are looked for, and the role goes.

    What was served stays. False where they had left already.
    """
    for app in parts_of(Endings):
        app.volunteer_leaves(volunteer)
    locked = Volunteer.objects.select_for_update(of=("self",), no_key=True).get(pk=volunteer.pk)
    if not locked.is_active:
        return False
    Volunteer.objects.filter(pk=locked.pk).update(is_active=False)
    for app in parts_of(Endings):
        app.volunteer_left(locked, by, now)
    match_volunteer_roles(residents=[locked.resident_id], by=by, now=now)
    return True


def forget_service(volunteer: Volunteer) -> None:
    """Of a volunteer who is erased no word stays; where hours hang on the row, it stays empty."""
    volunteer.skills.all().delete()
    volunteer.clearances.all().delete()
    Volunteer.objects.filter(pk=volunteer.pk).update(introduction="", free_times=[], joined_on=None)
    with suppress(ProtectedError):
        volunteer.delete()
