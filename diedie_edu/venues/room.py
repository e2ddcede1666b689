"""What venues bring to the shared rooms."""

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.calendar import KnownCalendar
from diedie_edu.common.manifests import Manifest
from diedie_edu.venues.lists import VENUES_LIST
from diedie_edu.venues.queries.special_days import calendar

MANIFEST = Manifest(
    parts=(
        VENUES_LIST,
        KnownCalendar(calendar),
        AdminModels(
            Permission.KEEP_CALENDAR,
            (
                "venues.venue",
                "venues.openinghours",
                "venues.musichours",
                "venues.closedtime",
                "venues.specialday",
            ),
        ),
        AdminModels(Permission.PLAN_ACTIVITIES, ("view:venues.venue",)),
    )
)
