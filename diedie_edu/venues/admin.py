"""Rooms and special days; their lists go in and out through django-import-export."""

from collections.abc import Sequence

from django.contrib import admin

from diedie_edu.accounts.admin_base import PortalAdmin, PortalInline
from diedie_edu.common.calendar import SpecialDayKind
from diedie_edu.common.exchange import ListAdminMixin, ListResource
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.venues.models import ClosedTime, OpeningHours, SpecialDay, Venue


class VenueResource(ListResource):
    class Meta(ListResource.Meta):
        model = Venue
        import_id_fields = ["title_zh"]
        fields = ["title_zh", "title_en", "places", "address", "is_open"]


class OpeningHoursInline(PortalInline):
    model = OpeningHours
    extra = 0


class ClosedTimeInline(PortalInline):
    model = ClosedTime
    extra = 0


@admin.register(Venue)
class VenueAdmin(ListAdminMixin, PortalAdmin):
    resource_classes = [VenueResource]
    list_display = ["title_zh", "title_en", "places", "is_open"]
    fields = ["title_zh", "title_en", "places", "address", "is_open"]
    inlines = [OpeningHoursInline, ClosedTimeInline]

    def list_columns(self) -> Sequence[Column]:
        return [
            Column("title_zh", ("场地", "Venue", "名称"), required=True, max_length=60),
            Column("title_en", ("英文名称", "Name in English"), max_length=90),
            Column("places", ("可容纳人数", "Places", "容量"), CellType.INTEGER),
            Column("address", ("地址", "Address"), max_length=120),
            Column("is_open", ("可安排活动", "Can be booked"), CellType.BOOLEAN),
        ]


class SpecialDayResource(ListResource):
    class Meta(ListResource.Meta):
        model = SpecialDay
        import_id_fields = ["day"]
        fields = ["day", "kind", "reason"]


@admin.register(SpecialDay)
class SpecialDayAdmin(ListAdminMixin, PortalAdmin):
    """A year's days off and make-up workdays are loaded from a list once they are published."""

    resource_classes = [SpecialDayResource]
    list_display = ["day", "kind", "reason"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    fields = ["day", "kind", "reason"]

    def list_columns(self) -> Sequence[Column]:
        kinds = {
            SpecialDayKind.OFF: ("假日", "放假", "holiday"),
            SpecialDayKind.WORKING: ("调休上班", "上班", "make-up working day"),
            SpecialDayKind.CLOSED: ("停课", "closed"),
        }
        return [
            Column("day", ("日期", "Day"), CellType.DATE, required=True),
            Column("kind", ("类型", "Kind of day"), CellType.CHOICE, choices=kinds, required=True),
            Column("reason", ("原因", "Reason", "说明"), max_length=60),
        ]
