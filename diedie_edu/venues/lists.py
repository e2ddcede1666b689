"""Rooms in a list."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.lists.tables import table_kind
from diedie_edu.venues.models import Venue

EXAMPLE = ("社区活动室", "Community room")
COLUMNS = [
    Column("title_zh", "场地 | Venue | 名称", required=True, max_length=60, example=EXAMPLE),
    Column("title_en", "英文名称 | Name in English", max_length=90),
    Column("places", "可容纳人数 | Places | 容量", CellType.INTEGER, example=40),
    Column("address", "地址 | Address", max_length=120),
    Column("is_open", "可安排活动 | Can be booked", CellType.BOOLEAN, example=True),
]

VENUES_LIST = table_kind(
    Venue,
    ["title_zh"],
    attrgetter("places"),
    slug="venues",
    title=_("Venues"),
    permission=Permission.KEEP_CALENDAR,
    columns=lambda _today: COLUMNS,
    headings=(_("Venue"), _("places")),
)
