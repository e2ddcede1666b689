"""The planning board: from what residents want to the lecture that answers it."""

from operator import attrgetter

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import downloads
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.spreadsheets.columns import CellType, Column, listed, values_of
from diedie_edu.common.spreadsheets.workbooks import write_xlsx
from diedie_edu.lists.leaving import ask_why, note_export
from diedie_edu.people.looks import in_a_file
from diedie_edu.people.models import TopicArea
from residents_school.queries import surveys
from residents_school.queries.board import answers_that_count, planning_board
from residents_school.views.staff import plans


def _said(choice: TextChoices | None) -> str:
    return str(choice.label) if choice else ""


COLUMNS = [
    Column("topic", "专题 | Topic", value=attrgetter("topic.title")),
    Column("area", "大类 | Area", value=attrgetter("topic.area.title")),
    Column("people", "想学人数 | People who want it", CellType.INTEGER),
    Column("wishes", "其中点“想学” | Of them by one tap", CellType.INTEGER),
    Column("given", "已办场数 | Lectures given", CellType.INTEGER),
    Column("filled", "已上座 | Seats filled", CellType.INTEGER),
    Column("gap", "缺口 | Gap", CellType.INTEGER),
    Column("ahead", "已安排场数 | Lectures planned", CellType.INTEGER),
    Column("form", "大家喜欢的形式 | Form they like", value=lambda row: _said(row.form)),
    Column("time", "大家有空的时间 | Time they have", value=lambda row: _said(row.time)),
    Column(
        "teachers",
        "能讲的人 | Who can teach it",
        value=lambda row: listed(teacher.resident.full_name for teacher in row.teachers),
    ),
]


@plans
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    now = local_now()
    wanted = request.GET.get("area", "")
    rows = planning_board(now)
    context = {
        "rows": [row for row in rows if wanted in ("", row.topic.area.slug)],
        "areas": TopicArea.objects.all(),
        "area": wanted,
        "typed": surveys.typed_topics(answers_that_count(now)),
    }
    return render(request, "residents_school/board.html", context)


@plans
def board_list(request: SignedInRequest) -> HttpResponse:
    """The board as a spreadsheet, for the meeting in which a season is planned; it says who can
    teach what."""
    title, now = _("Planning board"), local_now()
    board = planning_board(now)

    def hand_out(reason: str) -> HttpResponse:
        note_export("board", len(board), reason, by=request.user, now=now)
        with in_a_file(by=request.user, page="list board", now=now, reason=reason) as names:
            content = write_xlsx(COLUMNS, names.noted(values_of(COLUMNS, board)), sheet=title)
        return downloads.workbook(content, f"{title} {local_day(now)}")

    back = (title, reverse("residents_school:board"))
    return ask_why(request, hand_out, title=title, back=back)
