"""The robots of group chats: which of them say something, and how each fares."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import programmes
from diedie_edu.notices.channels.words import in_words
from diedie_edu.notices.groups import ALERTS
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import OPEN, Attempt, Notice, Robot, Status
from diedie_edu.notices.queries.phone_choices import programme_of

IN_A_ROW = 3
GOOD = (Status.SENT, Status.DELIVERED)


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


def failing() -> QuerySet[Robot]:
    """Those that are on and whose last three messages, or more, were refused."""
    own = Notice.objects.filter(robot=OuterRef("pk"), status=Status.SENT).order_by("-settled_at")
    refused = Q(notices__status=Status.FAILED, notices__dealt_with_at=None)
    since = Q(sent_at=None) | Q(notices__settled_at__gt=F("sent_at"))
    on = Robot.objects.filter(is_on=True)
    on = on.annotate(sent_at=Subquery(own.values("settled_at")[:1]))
    return on.annotate(refused=Count("notices", refused & since)).filter(refused__gte=IN_A_ROW)


# --- The page --------------------------------------------------------------------------


@dataclass(frozen=True)
class RobotRow:
    """A robot, what it says and of what (`programme`); its newest message that went alone or with
    others, the last call for it, and what its code means."""

    robot: Robot
    programme: str | Promise
    alerts: list[str]
    is_failing: bool
    notice: Notice | None
    attempt: Attempt | None
    meaning: str

    @property
    def is_open(self) -> bool:
        return self.notice is not None and self.notice.status in OPEN

    @property
    def tone(self) -> str:
        if self.notice is None or self.notice.status in GOOD:
            return "leaf"
        return "amber" if self.is_open or self.notice.status == Status.UNKNOWN else "brick"


def all_robots() -> list[RobotRow]:
    """By name; four queries for any number."""
    own = Notice.objects.filter(robot=OuterRef("pk"), told_with=None).order_by("-created_at", "-pk")
    robots = list(Robot.objects.annotate(newest=Subquery(own.values("pk")[:1])))
    numbers = [robot.newest for robot in robots if robot.newest]
    newest = Notice.objects.prefetch_related("attempts").in_bulk(numbers)
    failed = set(failing().values_list("pk", flat=True))
    return [_row(robot, newest.get(robot.newest), robot.pk in failed) for robot in robots]


def _row(robot: Robot, notice: Notice | None, is_failing: bool) -> RobotRow:
    attempts = list(notice.attempts.all()) if notice else []
    last = attempts[-1] if attempts else None
    titles = {slug: programme.title for slug, programme in programmes().items()}
    return RobotRow(
        robot,
        titles.get(robot.programme, robot.programme) or _("All programmes, and the branch"),
        [gettext(str(one.label)) for one in ALERTS if one.code in robot.alerts],
        is_failing,
        notice,
        last,
        in_words(last.detail) if last else "",
    )
