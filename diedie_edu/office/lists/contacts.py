"""The liaison log as a list: out for its keepers, in from the paper or the sheet kept so far."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.office.actions.contacts import keep_contact
from diedie_edu.office.models import Contact, FollowUp, Side
from diedie_edu.people.lists.known import check_whole, phone_of_contact
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme

MOST_ROWS = 500
SIDES = {
    Side.COMMUNITY: "社区 | community",
    Side.CIVIL_GROUP: "民间组织 | civil group",
    Side.ENTERPRISE: "企业 | enterprise",
    Side.COMMITTEE: "党委 | party committee",
}


def columns(_today: date) -> list[Column]:
    return [
        Column(
            "programme",
            "项目 | Programme",
            required=True,
            clean=Known(
                "programme",
                Programme.objects.all(),
                attrgetter("title_zh", "title_en"),
                _PROGRAMME_UNKNOWN,
            ).one,
            value=attrgetter("programme.title"),
        ),
        Column(
            "held_on",
            "日期 | Day | 联系日期 | 沟通日期 | 联系时间 | 沟通时间 | 时间",
            CellType.DATE,
            required=True,
        ),
        Column(
            "side",
            "对方 | With whom | 对方类型 | 联系对象 | 沟通对象",
            CellType.CHOICE,
            required=True,
            choices=SIDES,
        ),
        Column(
            "organisation",
            "单位 | Organisation | 单位名称 | 对方单位 | 联系单位",
            clean=Known(
                "organisation", Organisation.objects.all(), lambda row: [row.title], _UNKNOWN
            ).one,
        ),
        Column("person", "联系人 | Person | 联系人姓名 | 对方联系人 | 对接人", max_length=50),
        phone_of_contact(
            "电话 | Phone | 联系电话 | 手机 | 手机号 | 手机号码 | 电话号码 | 联系方式 | 联系人电话"
        ),
        Column(
            "subject",
            ("事由 | About what | 主题 | 内容 | 事项 | 沟通内容 | 联系事项 | 沟通事项"),
            required=True,
            max_length=120,
        ),
        Column(
            "agreed",
            ("商定事项 | What was agreed | 结果 | 沟通结果 | 达成事项 | 商定结果 | 处理结果"),
        ),
        *_written(),
    ]


def _written() -> list[Column]:
    """What is only written."""
    return [
        Column("held_by", "我方 | Who of us", is_read=False),
        Column("follows", "待办 | What follows", value=_follows, is_read=False),
    ]


def _follows(row: Any) -> str:
    return "\n".join(f"{one.due_on} {one.owner} {one.what}" for one in row.open)


def contacts_to_list(user: User, today: date) -> QuerySet[Contact]:
    """Those whose log the reader keeps, the last first; each with what is `open`."""
    todo = FollowUp.objects.filter(done_at=None).select_related("owner")
    rows = within(Contact.objects, user.scopes(Permission.KEEP_OFFICE))
    rows = rows.select_related("programme", "organisation", "held_by")
    return rows.prefetch_related(Prefetch("follow_ups", todo, to_attr="open"))


@dataclass
class ContactEntry(Entry):
    """One contact of the list."""


class ContactsPlan(RowByRow):
    """A contact is known by its programme, its day and what it was about; one that is there stays
    as it is, and is changed on its page."""

    def prepare(self) -> None:
        days = {row.values["held_on"] for row in self.table.rows}
        rows = Contact.objects.filter(held_on__in=days)
        self.known = set(rows.values_list("programme", "held_on", "subject"))

    def shown(self, entry: ContactEntry) -> tuple[str, str]:
        values = entry.row.values
        return values["subject"], f"{values['programme']} {values['held_on']}"

    def entry(self, row: Row) -> ContactEntry:
        values = row.values
        if not self.by.may(Permission.KEEP_OFFICE, values["programme"].slug):
            raise Refused("not_yours", _NOT_YOURS, "programme")
        key = (values["programme"].pk, values["held_on"], values["subject"])
        self.check_alone(row, key, _TWIN, "subject")
        if key not in self.known:
            check_whole(values.get("phone") or "")
        return ContactEntry(row, key not in self.known)

    def carry_out(self, entry: ContactEntry, by: User, now: datetime) -> None:
        told = {name: value for name, value in entry.row.values.items() if value}
        keep_contact(contact=Contact(**told, held_by=by), by=by, now=now)


_PROGRAMME_UNKNOWN = _("There is no such programme. Correct its name.")
_UNKNOWN = _("There is no such organisation. Correct its name, or enter it first.")
_NOT_YOURS = _("You do not keep the log of this programme.")
_TWIN = _("Row {row} is about the same contact. Keep only one of the two rows.")

CONTACTS_LIST = ListKind(
    slug="contacts",
    title=pgettext_lazy("with the other side", "Contacts"),
    permission=Permission.KEEP_OFFICE,
    columns=columns,
    rows=contacts_to_list,
    plan=ContactsPlan,
    headings=(_("About what"), _("Programme and day")),
    seen_at="office:contact_list",
    max_rows=MOST_ROWS,
)
