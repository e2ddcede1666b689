"""Reads of what goes with lectures."""

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.composed import Composed
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture, Material
from residents_school.rules import lectures


def lectures_spoken_by(user: User) -> QuerySet[Duty]:
    """The duties as a speaker of the account's person."""
    return Duty.objects.filter(volunteer__resident__account=user, work=Duty.Work.SPEAKER)


def may_see_materials(user: Reader, lecture: Lecture) -> bool:
    """Everybody once it is announced; before, those who plan and those who speak."""
    if lecture.was_announced:
        return True
    return isinstance(user, User) and (
        user.may(Permission.PLAN_ACTIVITIES, lectures.PROGRAMME)
        or lectures_spoken_by(user).filter(occasion__activity=lecture.pk).exists()
    )


MATERIALS = Composed[Material](
    lambda lecture: Material.objects.filter(lecture=lecture).select_related("file"), lecture=int
)


def materials_of(lecture: Lecture) -> list[Material]:
    return MATERIALS.rows(lecture=lecture.pk)


def may_read_material(reader: Reader, file: StoredFile) -> bool:
    lecture = Lecture.objects.filter(materials__file=file).first()
    return lecture is not None and may_see_materials(reader, lecture)
