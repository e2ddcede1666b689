"""Applications in a list: those signed on paper come in by the actions behind the pages."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import clean_name, covered
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind, nobody
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import check_whole, whole_name
from diedie_edu.people.queries import consent_text_in_force
from edu_base.actions import applicants, applying
from edu_base.lists import columns as shared
from edu_base.lists.columns import OnlyWhole
from edu_base.models import Application, PaperKind, State, Step
from edu_base.models.schemes import PROGRAMME
from edu_base.queries.applications import shown_year
from edu_base.rules.ages import check_may_apply
from edu_base.rules.papers import covered_number

MOST_ROWS = 500
PAPERS = {
    PaperKind.CITIZEN: "居民身份证 | resident identity card | 身份证",
    PaperKind.PERMIT: "港澳台居民居住证 | residence permit of Hong Kong, Macau or Taiwan residents",
    PaperKind.FOREIGN: "外国人永久居留身份证 | foreigner's permanent residence card",
    PaperKind.OTHER: "其他证件 | another paper",
}
NEEDED = (
    *("birth_date", "paper_reference", "version", "schooling", "belongs_by", "paper_kind"),
    *("paper_number", "address"),
)
KEPT = ("schooling", "school", "belongs_by", "employed_since", "address", "paper_kind")


def columns(today: date) -> list[Column]:
    def clean(born: date) -> date:
        check_may_apply(born, today)
        return born

    return [
        replace(
            shared.NUMBER, help=_("Only from an exported list. Leave it empty for new papers.")
        ),
        shared.NAME,
        shared.PHONE,
        shared.birth_date(clean),
        shared.INTAKE,
        replace(shared.YEAR, help=_("Left empty: the year whose classes are shown now.")),
        *_told(),
        *_signed(),
        Column("state", "状态 | State", value=lambda row: row.get_state_display(), is_read=False),
        Column("rank", "排名 | Rank", CellType.INTEGER, is_read=False),
        Column("submitted_at", "提交时间 | Sent in at", CellType.MOMENT, is_read=False),
    ]


def _told() -> list[Column]:
    return [
        Column(
            "schooling",
            "学历 | Schooling | 文化程度 | 最高学历 | 受教育程度 | 教育程度",
            CellType.CHOICE,
            choices=shared.SCHOOLINGS,
        ),
        OnlyWhole(
            "school", "毕业学校 | School last attended | 毕业院校 | 毕业学校名称", max_length=60
        ),
        Column(
            "belongs_by",
            "与社区的关系 | Belongs by | 与社区关系",
            CellType.CHOICE,
            choices=shared.BELONGINGS,
        ),
        OnlyWhole("employed_since", "入职日期 | Works there since | 入职时间", CellType.DATE),
        OnlyWhole(
            "address",
            (
                "家庭住址 | Home address | 住址 | 现住址 | 家庭地址 | 居住地址"
                " | 详细地址 | 地址 | 常住地址"
            ),
            max_length=120,
        ),
        OnlyWhole(
            "paper_kind",
            "证件种类 | Identity paper | 证件类型 | 证件类别",
            CellType.CHOICE,
            choices=PAPERS,
        ),
        Column(
            "paper_number",
            (
                "证件号码 | Number of the paper | 身份证号 | 身份证号码 | 身份证件号"
                " | 身份证件号码 | 公民身份号码 | 证件号 | 身份证"
            ),
            covered=covered_number,
            takes_id_numbers=True,
            help=_("Set the column to “Text” before you type."),
        ),
        OnlyWhole(
            "guardian_name",
            "监护人姓名 | Guardian's name | 家长姓名 | 监护人 | 家长",
            value=_guardian("full_name"),
        ),
        OnlyWhole(
            "guardian_phone",
            (
                "监护人电话 | Guardian's phone | 监护人联系电话 | 家长电话"
                " | 家长联系电话 | 监护人手机 | 家长手机"
            ),
            CellType.PHONE,
            value=_guardian("phone"),
            help=_("Of an applicant under 18."),
        ),
    ]


def _signed() -> list[Column]:
    return [
        OnlyWhole("paper_reference", "申请表存放处 | Where the signed paper lies", max_length=60),
        OnlyWhole(
            "version",
            "同意书版本 | Version of the consent",
            max_length=20,
            value=lambda row: row.agreed_text.version if row.agreed_text else "",
            help=_("The version that has been signed, as it stands on the paper."),
        ),
    ]


def _guardian(name: str) -> Any:
    return lambda row: getattr(row.guardian, name) if row.guardian else None


def applications_to_list(_user: User, _today: date) -> QuerySet[Application]:
    """All that have been sent in, the newest year first, each class by rank."""
    rows = Application.objects.exclude(state=State.DRAFT).filter(erased_at=None)
    rows = rows.select_related("person", "guardian", "intake", "agreed_text")
    return rows.order_by("-year", "intake", "rank", "pk")


def applications_of(user: User, today: date, intake: int) -> QuerySet[Application] | None:
    """Those of one class (its number)."""
    own = applications_to_list(user, today).filter(intake=intake)
    return own if own.exists() else None


@dataclass
class ApplicationEntry(Entry):
    intake: Any = None


class ApplicationsPlan(RowByRow):
    """A row with a number is about one that is here, and changes nothing: that is done on its page.
    The others are papers that somebody has signed."""

    def prepare(self) -> None:
        numbers = {number for row in self.table.rows if (number := row.values.get("number"))}
        rows = Application.objects.filter(pk__in=numbers).select_related("person", "intake")
        self.here = {row.pk: row for row in rows}
        self.intakes = shared.KnownIntakes()
        self.year = shown_year(local_day(self.now))
        self.text = consent_text_in_force(PROGRAMME, self.now)

    def shown(self, entry: ApplicationEntry) -> tuple[str, str]:
        return covered(entry.row.values["full_name"]), str(entry.intake)

    def entry(self, row: Row) -> ApplicationEntry:
        values = row.values
        if number := values.get("number"):
            self.check_alone(row, number, _TWIN)
            found = shared.of_number(self.here, number, values["full_name"])
            return ApplicationEntry(row, False, [], found.intake)
        whole_name(values)
        check_whole(values.get("phone") or "")
        for code in NEEDED:
            if not values.get(code):
                raise Refused("needed", _NEEDED, code)
        if self.text is None or values["version"] != self.text.version:
            raise Refused("other_version", _OTHER_VERSION, "version")
        self.check_alone(row, (values["paper_kind"], values["paper_number"]), _TWIN)
        intake = self.intakes.one(values.get("year") or self.year, values["intake"])
        return ApplicationEntry(row, True, [], intake)

    def carry_out(self, entry: ApplicationEntry, by: User, now: datetime) -> None:
        values, today = entry.row.values, local_day(now)
        person = applicants.add_from_paper(
            full_name=clean_name(values["full_name"]),
            phone=values.get("phone") or "",
            birth_date=values["birth_date"],
            today=today,
        )
        name, phone = values.get("guardian_name"), values.get("guardian_phone")
        named = applicants.NamedGuardian(name, phone) if name and phone else None
        assert self.text is not None  # or the row had been refused
        made = applying.start(
            intake=entry.intake,
            person=person,
            guardian=applicants.guardian_of(person, named, today),
            agreement=applying.Agreement(self.text, values["paper_reference"]),
            by=by,
            now=now,
        )
        for code in KEPT:
            if values.get(code):
                setattr(made, code, values[code])
        applying.change(application=made, number=values["paper_number"], now=now)
        applying.submit(application=made, acting=Step.Acting.STAFF, by=by, now=now)


_NEEDED = _("A paper that is new needs this. Fill it in.")
_OTHER_VERSION = _("Another version of the consent is in force. Have it signed anew.")
_TWIN = _("Row {row} is about the same application. Keep only one of the two rows.")

APPLICATIONS_LIST = ListKind(
    slug="applications",
    title=_("Applications to the education base"),
    permission=Permission.KEEP_APPLICANTS,
    programme=PROGRAMME,
    columns=columns,
    rows=applications_to_list,
    rows_of=applications_of,
    plan=ApplicationsPlan,
    headings=(_("Person"), _("Class and year")),
    seen_at="edu_base:applications",
    sees_whole=nobody,
    max_rows=MOST_ROWS,
)
