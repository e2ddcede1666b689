"""Enterprises in a list, with how many workers each may nominate this year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column, through
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import known_phone, phone_of_contact
from edu_base.actions import enterprises
from edu_base.models import Enterprise
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import nominations as queries
from edu_base.rules.credit_codes import clean_credit_code

MOST_ROWS = 500
OF_ORGANISATION = ("title", "contact", "phone", "note")
COLUMNS = [
    Column(
        "credit_code",
        ("统一社会信用代码 | Unified social credit code | 信用代码 | 社会信用代码 | 统一信用代码"),
        required=True,
        clean=clean_credit_code,
        example="91110000600037341L",
    ),
    *through(
        "organisation",
        Column(
            "title",
            ("企业名称 | Enterprise | 单位名称 | 名称 | 企业 | 单位 | 公司名称 | 公司"),
            required=True,
            max_length=80,
        ),
        Column("contact", "联系人 | Contact person | 联系人姓名 | 负责人 | 对接人", max_length=50),
        phone_of_contact(
            "联系电话 | Contact phone | 手机 | 电话 | 手机号 | 手机号码 | 电话号码"
            " | 联系方式 | 联系人电话 | 联系人手机 | 负责人电话"
        ),
        Column("note", "备注 | Note | 说明"),
    ),
    Column(
        "places",
        "推荐名额 | Places to nominate for | 名额 | 推荐人数",
        CellType.INTEGER,
        help=_("For the newest year of the Dream scheme."),
        example=3,
    ),
    Column("used", "已推荐 | Nominated", CellType.INTEGER, is_read=False),
    Column("confirmed", "已确认 | Confirmed", CellType.INTEGER, is_read=False),
    Column("returned", "已收回 | Came back unused", CellType.INTEGER, is_read=False),
]


def columns(_today: date) -> list[Column]:
    return COLUMNS


def enterprises_to_list(_user: User, _today: date) -> QuerySet[Enterprise]:
    return queries.enterprises(queries.dream_years().first())


@dataclass
class EnterpriseEntry(Entry):
    enterprise: Any = None
    told: dict[str, Any] | None = None


class EnterprisesPlan(RowByRow):
    """An enterprise is known by its credit code. A blank cell leaves what is known, and so does a
    covered number."""

    def prepare(self) -> None:
        self.year = queries.dream_years().first()
        self.known: dict[str, Any] = {
            row.credit_code: row for row in queries.enterprises(self.year)
        }

    def shown(self, entry: EnterpriseEntry) -> tuple[str, str]:
        return entry.row.values["title"], entry.row.values["credit_code"]

    def entry(self, row: Row) -> EnterpriseEntry:
        code, values = row.values["credit_code"], row.values
        self.check_alone(row, code, _TWIN, "credit_code")
        found = self.known.get(code)
        now = {name: getattr(found.organisation, name) for name in OF_ORGANISATION} if found else {}
        told = {name: values.get(name) or now.get(name, "") for name in OF_ORGANISATION}
        told["phone"] = known_phone(values.get("phone") or "", now.get("phone", ""))
        changes = [name for name in OF_ORGANISATION if found and told[name] != now[name]]
        if values.get("places") not in (None, found and found.places):
            changes.append("places")
        return EnterpriseEntry(row, found is None, changes, found, told)

    def carry_out(self, entry: EnterpriseEntry, by: User, now: datetime) -> None:
        told = enterprises.Told(credit_code=entry.row.values["credit_code"], **entry.told or {})
        kept = enterprises.keep(told=told, enterprise=entry.enterprise, now=now)
        if (places := entry.row.values.get("places")) is not None:
            if self.year is None:
                raise Refused("no_year", _NO_YEAR, "places")
            enterprises.allot(enterprise=kept, year=self.year, places=places, by=by, now=now)


_TWIN = _("Row {row} is about the same enterprise. Keep only one of the two rows.")
_NO_YEAR = _("There is no year of the Dream scheme yet. Leave the cell empty, or enter the year.")


ENTERPRISES_LIST = ListKind(
    slug="enterprises",
    title=_("Enterprises"),
    permission=Permission.KEEP_APPLICANTS,
    programme=PROGRAMME,
    columns=columns,
    rows=enterprises_to_list,
    plan=EnterprisesPlan,
    headings=(_("Enterprise"), _("Credit code")),
    seen_at="edu_base:enterprises",
    max_rows=MOST_ROWS,
)
