"""The lists of the residents' school."""

from datetime import time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now, weekend_of
from diedie_edu.common.spreadsheets.columns import in_readers_language
from diedie_edu.lists.kinds import ListKind
from residents_school.lists.columns import columns_to_read
from residents_school.lists.export import exported_lectures, lectures_of_series
from residents_school.lists.plan import LecturesPlan
from residents_school.rules import lectures

MOST_LECTURES = 500


def _example() -> dict[str, Any]:
    """The Saturday after next, so that its day looks like one."""
    saturday, _sunday = weekend_of(local_day(local_now()))
    return {
        "title": in_readers_language(("冬季养生", "Health in winter")),
        "topic": in_readers_language(("中老年健康", "Health for seniors")),
        "day": saturday + timedelta(days=14),
        "starts": time(9, 30),
        "ends": time(11),
        "venue": in_readers_language(("社区活动室", "Community room")),
        "capacity": 40,
    }


LECTURES_LIST = ListKind(
    slug="lectures",
    title=_("Lectures"),
    permission=Permission.PLAN_ACTIVITIES,
    programme=lectures.PROGRAMME,
    columns=columns_to_read,
    export=lambda _user, today: exported_lectures(today),
    export_of=lambda _user, today, series: lectures_of_series(today, series),
    plan=LecturesPlan,
    example=_example,
    headings=(_("Lecture"), _("When")),
    seen_at="residents_school:staff_lecture_list",
    max_rows=MOST_LECTURES,
)
