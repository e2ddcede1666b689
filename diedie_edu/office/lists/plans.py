"""Paragraphs and milestones as lists: out of a document's newest version, in into its draft.

A row names its document by programme, year and work. A line is known by its title there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, ClassVar

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow, take
from diedie_edu.office.actions import drafts, writing
from diedie_edu.office.models import Content, Document, Milestone, Paragraph, Version, Work
from diedie_edu.office.rules.plans import check_days
from diedie_edu.programmes.models import Programme

MOST_ROWS = 500
WORKS = {
    Work.PLAN: "计划 | plan | 工作计划",
    Work.RULES: "制度 | rules | 工作制度",
    Work.PUBLICITY: "宣传 | publicity | 宣传计划",
}
KINDS = {
    Paragraph.Kind.AIM: "目标 | aim",
    Paragraph.Kind.MEASURE: "措施 | measure",
    Paragraph.Kind.TEXT: "正文 | text",
}


def about_document() -> list[Column]:
    """By which a row says where it belongs."""
    known = Known(
        "programme", Programme.objects.all(), attrgetter("title_zh", "title_en"), _UNKNOWN
    )
    return [
        Column(
            "programme",
            "项目 | Programme | 项目名称 | 所属项目",
            required=True,
            clean=known.one,
            value=attrgetter("version.document.programme_title"),
        ),
        Column(
            "year",
            "年度 | Year | 年份",
            CellType.INTEGER,
            required=True,
            value=attrgetter("version.document.year"),
            example=2027,
        ),
    ]


def milestone_columns(_today: date) -> list[Column]:
    return [
        *about_document(),
        Column(
            "title",
            ("里程碑 | Milestone | 工作内容 | 节点 | 事项 | 工作事项 | 任务 | 工作任务"),
            required=True,
            max_length=120,
        ),
        Column(
            "first_day",
            "开始 | From | 开始日期 | 开始时间 | 起始日期 | 起始时间",
            CellType.DATE,
            required=True,
        ),
        Column(
            "last_day",
            ("完成 | By | 完成日期 | 完成时间 | 结束日期 | 截止日期 | 完成时限 | 结束时间"),
            CellType.DATE,
            required=True,
        ),
        Column("who", "负责人 | By whom | 责任人 | 负责人姓名 | 牵头人", max_length=50),
        Column(
            "looks_for",
            "对应活动 | Fulfilled by",
            max_length=60,
            help=_("Words of the event's title; found by itself when it takes place."),
        ),
    ]


def paragraph_columns(_today: date) -> list[Column]:
    work = attrgetter("version.document.work")
    return [
        *about_document(),
        Column(
            "work",
            "文件 | Document | 文件类型",
            CellType.CHOICE,
            required=True,
            choices=WORKS,
            value=work,
        ),
        Column("kind", "类别 | Kind", CellType.CHOICE, required=True, choices=KINDS),
        Column("title", "标题 | Title | 题目 | 名称", required=True, max_length=120),
        Column("text", "内容 | Text | 正文 | 具体内容", required=True),
    ]


def newest(model: type[Content], user: User) -> QuerySet[Any]:
    """Lines of the newest version of each document that the reader writes."""
    documents = within(Document.objects, user.scopes(Permission.KEEP_OFFICE))
    last = documents.annotate(last=Max("versions__number")).values("pk", "last")
    pairs = {(row["pk"], row["last"]) for row in last}
    versions = Version.objects.filter(document__in=documents).values_list(
        "pk", "document", "number"
    )
    wanted = [pk for pk, document, number in versions if (document, number) in pairs]
    rows = model._default_manager.filter(version__in=wanted).select_related("version__document")
    return rows.order_by("version__document", "position", "pk")


def of_document(model: type[Content], user: User, document: int) -> QuerySet[Any] | None:
    places = user.scopes(Permission.KEEP_OFFICE)
    if not within(Document.objects, places).filter(pk=document).exists():
        return None
    return newest(model, user).filter(version__document=document)


@dataclass
class LineEntry(Entry):
    """One line of the list, the document it goes into, and the line that is there."""

    document: Any = None
    known: Any = None


class LinesPlan(RowByRow):
    """Lines are entered and changed, never taken out; a blank cell leaves what is known."""

    model: ClassVar[type[Content]]
    codes: ClassVar[tuple[str, ...]]

    def prepare(self) -> None:
        rows = within(Document.objects, self.by.scopes(Permission.KEEP_OFFICE))
        self.documents = {(row.programme, row.work, row.year): row for row in rows}
        self.known = {
            (row.version.document_id, row.title): row for row in newest(self.model, self.by)
        }

    def shown(self, entry: LineEntry) -> tuple[str, str]:
        return entry.row.values["title"], str(entry.document)

    def entry(self, row: Row) -> LineEntry:
        values = row.values
        key = (values["programme"].slug, values.get("work", Work.PLAN), values["year"])
        document = self.documents.get(key)
        if document is None:
            raise Refused("not_owed", _NOT_OWED, "programme")
        self.check_alone(row, (document.pk, values["title"]), _TWIN, "title")
        if "first_day" in values:
            check_days(values["first_day"], values["last_day"])
        known = self.known.get((document.pk, values["title"]))
        was: dict[str, Any] = {}
        changes = take(known, values, self.codes, was) if known else []
        entry = LineEntry(row, known is None, changes, document, known)
        entry.was = was
        return entry

    def carry_out(self, entry: LineEntry, by: User, now: datetime) -> None:
        version = drafts.begin(document=entry.document, by=by, now=now)
        model: Any = self.model
        line = model(version=version, title=entry.row.values["title"])
        if entry.known is not None:
            line = model.objects.get(version=version, key=entry.known.key)
        take(line, entry.row.values, self.codes)
        writing.keep_row(row=line, by=by, now=now)


class MilestonesPlan(LinesPlan):
    model = Milestone
    codes = ("first_day", "last_day", "who", "looks_for")


class ParagraphsPlan(LinesPlan):
    model = Paragraph
    codes = ("kind", "text")


_UNKNOWN = _("There is no such programme. Correct its name.")
_NOT_OWED = _("You write no such document of this programme and year.")
_TWIN = _("Row {row} has the same title. Keep only one of the two rows.")

MILESTONES_LIST = ListKind(
    slug="milestones",
    title=_("Milestones of plans"),
    permission=Permission.KEEP_OFFICE,
    columns=milestone_columns,
    rows=lambda user, _today: newest(Milestone, user),
    rows_of=lambda user, _today, number: of_document(Milestone, user, number),
    plan=MilestonesPlan,
    headings=(_("Milestone"), _("Document")),
    seen_at="office:owed",
    sees_whole=lambda _user: True,
    max_rows=MOST_ROWS,
    names_people=False,
)
PARAGRAPHS_LIST = ListKind(
    slug="paragraphs",
    title=_("Paragraphs of documents"),
    permission=Permission.KEEP_OFFICE,
    columns=paragraph_columns,
    rows=lambda user, _today: newest(Paragraph, user),
    rows_of=lambda user, _today, number: of_document(Paragraph, user, number),
    plan=ParagraphsPlan,
    headings=(_("Title"), _("Document")),
    seen_at="office:owed",
    sees_whole=lambda _user: True,
    max_rows=MOST_ROWS,
    names_people=False,
)
