"""The lists of the residents' school."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Attendance
from diedie_edu.lists.kinds import ListKind
from diedie_edu.volunteering.models import Duty
from residents_school.lists.columns import lecture_columns
from residents_school.lists.plan import LecturesPlan
from residents_school.lists.speakers import spoken
from residents_school.models import LectureSeries
from residents_school.queries.lectures import planned_lectures
from residents_school.rules import lectures

MOST_LECTURES = 500


def lectures_to_list(user: User, today: date) -> QuerySet[Any]:
    """All lectures, the first in time first, with who speaks, and how many came."""
    came = Attendance.objects.filter(occasion__activity=OuterRef("pk")).order_by()
    counted = came.values("occasion__activity").annotate(number=Count("pk")).values("number")
    speakers = spoken(Duty.objects.filter(occasion__activity=OuterRef("pk")))
    words = JSONObject(name=F("volunteer__resident__full_name"), number=F("volunteer__resident"))
    rows = planned_lectures().annotate(
        came=Coalesce(Subquery(counted), 0),
        spoken=ArraySubquery(speakers.values(word=words)),
    )
    return rows.order_by("starts_at", "pk")


def lectures_of_series(user: User, today: date, series: int) -> QuerySet[Any] | None:
    """Those that were planned together (the number of their series), None where none were."""
    known = LectureSeries.objects.filter(pk=series).exists()
    return lectures_to_list(user, today).filter(series=series) if known else None


LECTURES_LIST = ListKind(
    slug="lectures",
    title=_("Lectures"),
    permission=Permission.PLAN_ACTIVITIES,
    programme=lectures.PROGRAMME,
    columns=lecture_columns,
    rows=lectures_to_list,
    rows_of=lectures_of_series,
    plan=LecturesPlan,
    headings=(_("Lecture"), _("When")),
    seen_at="residents_school:staff_lecture_list",
    max_rows=MOST_LECTURES,
    names_people=False,
)
