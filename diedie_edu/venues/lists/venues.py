"""Rooms in a list."""

from datetime import date
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.known import Known
from diedie_edu.lists.tables import table_kind
from diedie_edu.venues.actions import venues
from diedie_edu.venues.models import Venue

EXAMPLE = ("社区活动室", "Community room")
COLUMNS = [
    Column(
        "title_zh",
        "场地 | Venue | 名称 | 场地名称 | 场所 | 场所名称 | 房间 | 教室",
        required=True,
        max_length=60,
        example=EXAMPLE,
    ),
    Column("title_en", "英文名称 | Name in English", max_length=90),
    Column(
        "places",
        "可容纳人数 | Places | 容量 | 容纳人数 | 座位数 | 座位 | 人数",
        CellType.INTEGER,
        example=40,
    ),
    Column("address", "地址 | Address | 场地地址 | 位置 | 地点 | 详细地址", max_length=120),
    Column("equipment", "设备 | Equipment | 设施 | 设备设施 | 设施设备 | 配套设备", max_length=500),
    Column("is_open", "可安排活动 | Can be booked", CellType.BOOLEAN, example=True),
    Column("needs_approval", "预订须经同意 | Requests need a yes", CellType.BOOLEAN),
    Column("displace_days", "最晚提前几天调让 | Displaced up to days before", CellType.INTEGER),
]


def columns(_today: date) -> list[Column]:
    return [*COLUMNS, _part_of()]


def _part_of() -> Column:
    unknown = _("There is no such venue. Load a whole before its parts, or correct its name.")
    return Column(
        "part_of",
        "所属场地 | Part of",
        max_length=90,
        clean=Known(
            "part_of", Venue.objects.all(), attrgetter("title_zh", "title_en"), unknown
        ).one,
        value=lambda venue: venue.part_of and venue.part_of.title,
    )


VENUES_LIST = table_kind(
    Venue,
    ["title_zh"],
    attrgetter("places"),
    slug="venues",
    title=_("Venues"),
    permission=Permission.KEEP_CALENDAR,
    columns=columns,
    keep=venues.keep,
    headings=(_("Venue"), _("places")),
)
