"""The templates of text messages as a list: handed in to a provider, and come back with codes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.actions.tables import keep_row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import RowByRow, take
from diedie_edu.lists.tables import TableEntry
from diedie_edu.notices.models import ApprovedTemplate, Provider
from diedie_edu.notices.queries.templates import (
    APPROVED,
    DIFFERS,
    MISSING,
    Filed,
    all_filed,
    provider_shown,
)
from diedie_edu.notices.text_messages import by_name, names_in

PROVIDERS = {
    Provider.ALIBABA: "阿里云 | Alibaba Cloud | alibaba | 阿里",
    Provider.TENCENT: "腾讯云 | Tencent Cloud | tencent | 腾讯",
    Provider.HTTP: "自建网关 | a gateway of our own | http",
    Provider.WECHAT: "微信 | WeChat | wechat | 微信公众号",
}
SORTS = {"code": "验证码 | code", "notice": "通知 | notice"}
STATES = {
    MISSING: "未通过 | not approved yet",
    APPROVED: "已通过 | approved",
    DIFFERS: "与通过的不一致 | differs from what was approved",
}
KEPT = ("code", "text", "approved_on")


def _approved(name: str) -> Callable[[Filed], Any]:
    return lambda filed: getattr(filed.approved, name, None)


def _sort(filed: Filed) -> str:
    return "code" if filed.is_code else "notice"


def _variables(filed: Filed) -> str:
    return "\n".join(f"{name} ({length}): {value}" for name, value, length in filed.variables)


def _told(code: str, titles: str, cell: CellType = CellType.TEXT, **more: Any) -> Column:
    """What the list says, and nobody enters."""
    return Column(code, titles, cell, is_read=False, **more)


COLUMNS = [
    Column("provider", "服务商 | Provider", CellType.CHOICE, required=True, choices=PROVIDERS),
    Column(
        "name",
        "模板名称 | Template | 名称",
        required=True,
        max_length=80,
        example="notices.code_sign_in.zh-hans",
    ),
    Column(
        "code",
        "模板编号 | Provider's code | 模板CODE | 模板ID | 编号",
        max_length=60,
        value=_approved("code"),
        help=_("As the provider gave it; empty as long as there is none."),
        example="SMS_123456789",
    ),
    Column(
        "approved_on",
        "通过日期 | Approved on | 审核通过日期",
        CellType.DATE,
        value=_approved("approved_on"),
        help=_("A date; empty: today."),
    ),
    Column(
        "text",
        "通过的内容 | Words as approved",
        max_length=500,
        value=_approved("text"),
        help=_("Without the signature; empty: approved as we wrote it."),
    ),
    _told("sort", "模板类型 | Sort", CellType.CHOICE, choices=SORTS, value=_sort),
    _told("signature", "签名 | Signature"),
    _told("wording", "模板内容 | Words to hand in"),
    _told("variables", "变量：最长字数和示例 | Variables: longest, example", value=_variables),
    _told("length", "最长字数 | Signs at most", CellType.INTEGER),
    _told("segments", "最多计条 | Messages at most", CellType.INTEGER),
    _told("state", "状态 | State", CellType.CHOICE, choices=STATES),
]


class TemplatesPlan(RowByRow):
    """Rows without a code change nothing: they were not approved yet."""

    def prepare(self) -> None:
        self.filed = {(one, filed.name): filed for one in Provider for filed in all_filed(one)}

    def entry(self, row: Row) -> TableEntry:
        key = (row.values["provider"], row.values["name"])
        self.check_alone(row, key, _TWIN, "name")
        filed = self.filed.get(key)
        if filed is None:
            raise Refused("no_such_template", _("The portal has no template of this name."), "name")
        found = filed.approved
        instance = found or ApprovedTemplate(provider=key[0], name=key[1], text=filed.text)
        entry = TableEntry(row, is_new=False, instance=instance)
        if row.values.get("code"):
            told = by_name(row.values.get("text", ""), names_in(filed.text))
            values = row.values | {"text": told}
            entry.is_new = found is None
            entry.changes = take(instance, values, KEPT, entry.was)
            instance.approved_on = instance.approved_on or local_day(self.now)
        return entry

    def shown(self, entry: TableEntry) -> tuple[str, str]:
        return entry.instance.name, entry.instance.code

    def carry_out(self, entry: TableEntry, by: User, now: datetime) -> None:
        keep_row(row=entry.instance, by=by, now=now)


_TWIN = _("Row {row} is about the same. Keep only one of the two rows.")


def _rows(user: User, today: date) -> list[Filed]:
    return all_filed(provider_shown())


def _rows_of(user: User, today: date, number: int) -> list[Filed] | None:
    """Those for one provider, by its place in `Provider`."""
    providers = list(Provider)
    return all_filed(providers[number]) if number < len(providers) else None


TEMPLATES_LIST = ListKind(
    slug="templates",
    title=_("Templates of text messages"),
    permission=Permission.SEE_DELIVERY,
    columns=lambda _today: COLUMNS,
    rows=_rows,
    rows_of=_rows_of,
    plan=TemplatesPlan,
    headings=(_("Template"), _("Provider's code")),
    seen_at="notices:templates",
    names_people=False,
)
