"""The robots of group chats: which of them say something, and how each fares."""

from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Notice, Robot
from diedie_edu.notices.queries.phone_choices import programme_of


def saying(kind: Kind) -> list[Robot]:
    """Those that say such alerts; of a kind that group chats hear nothing of none, without a
    query."""
    if kind.group is None:
        return []
    return list(Robot.objects.filter(is_on=True, alerts__contains=[kind.group.alert.code]))


def listening(kind: Kind, subject: str) -> list[Robot]:
    """Those of them that speak of the programme of `subject`."""
    found = saying(kind)
    if all(robot.programme == "" for robot in found):
        return found
    slug = programme_of(Notice(kind=kind.code, subject=subject))
    return [robot for robot in found if robot.speaks_of(slug)]
