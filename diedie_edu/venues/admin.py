"""Rooms and special days."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import LookUpOnly, PortalAdmin, PortalInline
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.venues.forms.venues import VenueForm
from diedie_edu.venues.models import (
    Booking,
    ClosedTime,
    Displacement,
    MusicHours,
    OpeningHours,
    RoomPriority,
    RoomRequest,
    SpecialDay,
    Venue,
)


class OpeningHoursInline(PortalInline):
    model = OpeningHours
    extra = 0


class MusicHoursInline(PortalInline):
    model = MusicHours
    extra = 0


class ClosedTimeInline(PortalInline):
    model = ClosedTime
    extra = 0


class PriorityInline(PortalInline):
    model = RoomPriority
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
    inlines = [OpeningHoursInline, MusicHoursInline, ClosedTimeInline, PriorityInline]


@admin.register(SpecialDay)
class SpecialDayAdmin(ListIn, ListOut, PortalAdmin):
    """A year's days off and make-up workdays are loaded from a list once they are published."""

    list_slug = "days"
    list_display = ["day", "kind", "reason"]
    list_filter = ["kind"]
    date_hierarchy = "day"
    fields = ["day", "kind", "reason"]


@admin.register(Booking)
class BookingAdmin(LookUpOnly):
    """Who holds which room; it changes where everybody concerned hears of it."""

    list_display = ["purpose", "venue", "starts_at", "ends_at", "programme", "is_off", "held_until"]
    list_filter = ["venue", "programme", "is_off", "starts_at"]
    search_fields = ["purpose"]
    list_select_related = ["venue", "programme"]
    fields = [
        *("purpose", "venue", "starts_at", "ends_at", "programme", "with_music", "is_off"),
        *("is_fixed", "held_until", "request"),
    ]


@admin.register(RoomRequest)
class RoomRequestAdmin(LookUpOnly):
    list_display = ["purpose", "whose", "programme", "organisation", "state", "asked_by"]
    list_filter = ["state", "programme", "asked_at"]
    search_fields = ["purpose", "whose"]
    list_select_related = ["programme", "organisation", "asked_by"]
    fields = [
        *("purpose", "whose", "programme", "organisation", "people", "note", "goes_on", "state"),
        *("asked_by", "asked_at", "lead_told_at"),
    ]


@admin.register(Displacement)
class DisplacementAdmin(LookUpOnly):
    """Who gave way to whom, why, and who decided it."""

    list_display = ["booking", "gained", "programme", "reason", "by", "at", "settled_at"]
    list_filter = ["programme", "at"]
    list_select_related = ["booking", "gained", "programme", "by"]
    fields = ["booking", "gained", "programme", "reason", "by", "at", "settled_at"]
