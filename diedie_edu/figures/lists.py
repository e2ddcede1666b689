"""Figures as a spreadsheet: a row for each, with its definition; numbers are numbers."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.spreadsheets.columns import CellType, Column, values_of
from diedie_edu.common.spreadsheets.outgoing import CHUNK
from diedie_edu.common.spreadsheets.workbooks import Page, save_workbook
from diedie_edu.figures.kinds import Sheet, Topic
from diedie_edu.figures.queries.sessions import session_rows
from diedie_edu.figures.spans import span_of
from diedie_edu.jobs.actions.results import finish
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job

NUMBER = CellType.AMOUNT  # also whole numbers


COLUMNS = [
    Column("programme", "项目 | Programme", value=lambda row: row.whose),
    Column("title", "指标 | Figure", value=lambda row: str(row.indicator.title)),
    Column("number", "数值 | Number", NUMBER, value=lambda row: row.value.number),
    Column("whole", "总数 | Of", NUMBER, value=lambda row: row.value.whole),
    Column("target", "目标 | Target", NUMBER, value=lambda row: row.target),
    Column("unit", "单位 | Unit", value=lambda row: str(row.indicator.unit)),
    Column("before", "去年同期 | A year before", NUMBER, value=lambda row: row.before.number),
    Column("first_day", "从 | From", CellType.DATE, value=lambda row: row.span.first_day),
    Column("last_day", "到 | Until", CellType.DATE, value=lambda row: row.span.last_day),
    Column("definition", "说明 | Definition", value=lambda row: str(row.indicator.definition)),
]

SESSION_COLUMNS = [
    Column("day", "日期 | Day", CellType.DATE, value=lambda row: local_day(row.starts_at)),
    Column("title", "活动 | Session", value=lambda row: row.activity.title),
    Column("topic", "专题 | Topic"),
    Column("programme", "项目 | Programme", value=lambda row: str(row.activity.programme)),
    Column("venue", "场地 | Venue", value=lambda row: str(row.venue)),
    Column("seats", "座位 | Seats", CellType.INTEGER, value=lambda row: row.activity.capacity),
    Column("taken", "已报名 | Seats taken", CellType.INTEGER, value=lambda row: row.activity.taken),
    Column("came", "到场 | Came", CellType.INTEGER),
    Column("answers", "听后感 | Answers", CellType.INTEGER),
]


# --- The sessions as a file: a short list at once, a long one by a worker ---------------


@transaction.atomic  # which holds the database's cursor
def save(file: IO[bytes], sheet: Sheet, programme: str) -> None:
    rows = session_rows(sheet, [programme]).iterator(CHUNK)
    save_workbook(file, Page(sheet.span.key, SESSION_COLUMNS, values_of(SESSION_COLUMNS, rows)))


def may_ask(user: User, params: dict[str, Any]) -> bool:
    return user.may(Permission.READ_OFFICE, params["programme"])


def write(job: Job, now: datetime) -> None:
    """`params`: programme, span, topic (its number, or none)."""
    programme, number = job.params["programme"], job.params["topic"]
    topic = None if number is None else Topic(programme, number)
    with TemporaryFile() as file:
        save(file, Sheet(span_of(job.params["span"]), now, topic), programme)
        finish(job=job, content=file, form="xlsx", now=now)


def page_of(job: Job) -> str:
    return reverse("figures:sessions", args=[job.params["programme"], job.params["span"]])


SESSIONS = JobKind(slug="sessions", title=_("All sessions"), may=may_ask, run=write, again=page_of)
