"""Bookings in a list: who holds which room, and rooms that partners or programmes ask for."""

from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme
from diedie_edu.venues.actions import requests
from diedie_edu.venues.models import Booking, Venue

MOST_ROWS = 500
TITLES = attrgetter("title_zh", "title_en")


def columns(_today: date) -> list[Column]:
    return [
        Column(
            "venue",
            "场地 | Venue | 场地名称 | 房间 | 地点 | 使用场地",
            required=True,
            clean=Known("venue", Venue.objects.all(), TITLES, _VENUE_UNKNOWN).one,
            value=attrgetter("venue.title"),
            example=("图书室", "Library"),
        ),
        *_times(),
        Column(
            "purpose",
            "用途 | What for | 使用用途 | 活动名称 | 活动内容 | 活动 | 事由",
            required=True,
            max_length=80,
        ),
        Column(
            "programme",
            "项目 | Programme | 项目名称 | 所属项目",
            clean=Known("programme", Programme.objects.all(), TITLES, _PROGRAMME_UNKNOWN).one,
            value=lambda row: row.programme and row.programme.title,
        ),
        Column(
            "partner",
            "合作单位 | Partner | 单位 | 申请单位 | 使用单位 | 借用单位",
            clean=Known(
                "partner", Organisation.objects.all(), lambda row: [row.title], _PARTNER_UNKNOWN
            ).one,
            value=lambda row: row.request and row.request.organisation,
            help=_("Either a programme or a partner."),
        ),
        Column("with_music", "放音乐 | With music", CellType.BOOLEAN),
        Column(
            "state",
            "状态 | State",
            value=lambda row: row.request and row.request.get_state_display(),
            is_read=False,
        ),
    ]


def _times() -> list[Column]:
    """From when to when a room is held, as wall clocks say."""
    return [
        Column(
            "day",
            "日期 | Day | 使用日期 | 预订日期 | 活动日期",
            CellType.DATE,
            required=True,
            value=lambda row: local(row.starts_at).date(),
        ),
        Column(
            "starts",
            ("开始 | Begins at | 开始时间 | 起始时间 | 时间 | 使用时间 | 活动时间 | 时段"),
            CellType.TIME,
            required=True,
            value=lambda row: local(row.starts_at).time(),
        ),
        Column(
            "ends",
            "结束 | Ends at | 结束时间 | 终止时间",
            CellType.TIME,
            end_of="starts",
            required=True,
            value=lambda row: local(row.ends_at).time(),
        ),
    ]


def bookings_to_list(user: User, today: date) -> QuerySet[Booking]:
    """What holds a room, where the reader plans; the first in time first."""
    own = within(Booking.objects, user.scopes(Permission.PLAN_ACTIVITIES))
    rows = own.filter(is_off=False, held_until=None).order_by("starts_at", "pk")
    return rows.select_related("venue", "programme", "request__organisation")


@dataclass
class BookingEntry(Entry):
    values: dict[str, Any] = field(default_factory=dict)


class BookingsPlan(RowByRow):
    """A row is known by its room and beginning; what stands there already is not changed."""

    def prepare(self) -> None:
        venues = {row.values["venue"].pk for row in self.table.rows}
        rows = Booking.objects.filter(venue__in=venues, is_off=False)
        self.known = {(row.venue_id, row.starts_at): row for row in rows}

    def shown(self, entry: BookingEntry) -> tuple[str, str]:
        values = entry.values
        return values["purpose"], f"{values['venue']} {values['starts_at']:%Y-%m-%d %H:%M}"

    def entry(self, row: Row) -> BookingEntry:
        values = row.values
        told = {
            **values,
            "starts_at": moment(values["day"], values["starts"]),
            "ends_at": moment(values["day"], values["ends"]),
        }
        key = (values["venue"].pk, told["starts_at"])
        self.check_alone(row, key, _TWIN, "starts")
        found = self.known.get(key)
        if found is None:
            _check_whose(values, self.by)
        elif (found.ends_at, found.purpose) != (told["ends_at"], values["purpose"]):
            raise Refused("taken", _TAKEN, "starts")
        return BookingEntry(row, found is None, [], told)

    def carry_out(self, entry: BookingEntry, by: User, now: datetime) -> None:
        told = entry.values
        programme, partner = told.get("programme"), told.get("partner")
        place = {name: told[name] for name in ("venue", "starts_at", "ends_at")}
        requests.reserve(
            wish=requests.Wish(
                whose=programme.title_zh if programme else str(partner),
                purpose=told["purpose"],
                programme=programme or None,
                organisation=partner or None,
            ),
            wanted=[Booking(**place, with_music=bool(told.get("with_music")))],
            by=by,
            now=now,
        )


def _check_whose(values: dict[str, Any], by: User) -> None:
    """House rule: a room is asked for a programme in which one plans, or for a partner."""
    programme, partner = values.get("programme"), values.get("partner")
    if bool(programme) == bool(partner):
        raise Refused("whose", _WHOSE, "programme")
    if not by.may(Permission.PLAN_ACTIVITIES, programme.slug if programme else ""):
        raise Refused("not_yours", _NOT_YOURS, "programme")
    if values["ends"] <= values["starts"]:
        raise Refused("ends_early", _("The end must come after the beginning."), "ends")


_VENUE_UNKNOWN = _("There is no such venue. Correct its name, or enter it first.")
_PROGRAMME_UNKNOWN = _("There is no such programme. Correct its name.")
_PARTNER_UNKNOWN = _("There is no such partner. Correct its name, or enter it first.")
_WHOSE = _("Say for whom it is: a programme or a partner, one of both.")
_NOT_YOURS = _("You do not plan in this programme, so somebody else asks for its rooms.")
_TAKEN = _("Something else stands there already. Change it on its own page.")
_TWIN = _("Row {row} is about the same room and time. Keep only one of the two rows.")


BOOKINGS_LIST = ListKind(
    slug="bookings",
    title=_("Bookings of rooms"),
    permission=Permission.PLAN_ACTIVITIES,
    columns=columns,
    rows=bookings_to_list,
    plan=BookingsPlan,
    headings=(_("What for"), _("Room and time")),
    seen_at="venues:request_list",
    sees_whole=lambda _user: True,
    max_rows=MOST_ROWS,
    names_people=False,
)
