"""Rooms and special days."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import PortalAdmin, PortalInline
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.venues.models import ClosedTime, OpeningHours, SpecialDay, Venue


class OpeningHoursInline(PortalInline):
    model = OpeningHours
    extra = 0


class ClosedTimeInline(PortalInline):
    model = ClosedTime
    extra = 0


@admin.register(Venue)
class VenueAdmin(ListIn, ListOut, PortalAdmin):
    list_slug = "venues"
    list_display = ["title_zh", "title_en", "places", "is_open"]
    fields = ["title_zh", "title_en", "places", "address", "is_open"]
    inlines = [OpeningHoursInline, ClosedTimeInline]


@admin.register(SpecialDay)
class SpecialDayAdmin(ListIn, ListOut, PortalAdmin):
    """A year's days off and make-up workdays are loaded from a list once they are published."""

    list_slug = "days"
    list_display = ["day", "kind", "reason"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    fields = ["day", "kind", "reason"]
