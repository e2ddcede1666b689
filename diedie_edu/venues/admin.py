"""Rooms and special days."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import PortalAdmin, PortalInline
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.venues.forms.venues import VenueForm
from diedie_edu.venues.models import ClosedTime, MusicHours, OpeningHours, SpecialDay, Venue


class OpeningHoursInline(PortalInline):
    model = OpeningHours
    extra = 0


class MusicHoursInline(PortalInline):
    model = MusicHours
    extra = 0


class ClosedTimeInline(PortalInline):
    model = ClosedTime
    extra = 0


@admin.register(Venue)
class VenueAdmin(ListIn, ListOut, PortalAdmin):
    form = VenueForm
    list_slug = "venues"
    list_display = ["title_zh", "title_en", "part_of", "places", "is_open", "needs_approval"]
    fields = [
        ("title_zh", "title_en"),
        "part_of",
        ("places", "address"),
        "equipment",
        ("is_open", "needs_approval", "displace_days"),
    ]
    inlines = [OpeningHoursInline, MusicHoursInline, ClosedTimeInline]


@admin.register(SpecialDay)
class SpecialDayAdmin(ListIn, ListOut, PortalAdmin):
    """A year's days off and make-up workdays are loaded from a list once they are published."""

    list_slug = "days"
    list_display = ["day", "kind", "reason"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    fields = ["day", "kind", "reason"]
