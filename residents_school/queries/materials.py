"""Reads of what goes with lectures."""

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture, Material
from residents_school.rules import lectures


def lectures_spoken_by(user: User) -> QuerySet[Duty]:
    """The duties as a speaker of the account's person."""
    return Duty.objects.filter(volunteer__resident__account=user, work=Duty.Work.SPEAKER)


def may_see_materials(user: User, lecture: Lecture) -> bool:
    """Everybody once it is announced; before, those who plan and those who speak."""
    if lecture.was_announced:
        return True
    return user.is_authenticated and (
        user.may(Permission.PLAN_ACTIVITIES, lectures.PROGRAMME)
        or lectures_spoken_by(user).filter(occasion__activity=lecture.pk).exists()
    )


def materials_of(lecture: Lecture) -> QuerySet[Material]:
    return Material.objects.filter(lecture=lecture.pk)
