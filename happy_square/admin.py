"""Groups, who leads them and who belongs to them, to look up; working with them has pages of its
own. Kinds of groups are kept here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_base import LookUpOnly, PortalAdmin
from diedie_edu.accounts.admin_out import written_as
from diedie_edu.accounts.admin_words import in_words
from diedie_edu.common.days import local_day, local_now
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.people.queries import is_grown
from happy_square.models import (
    Festival,
    Finding,
    Group,
    GroupKind,
    Leadership,
    MeetUp,
    Membership,
    Visit,
)
from happy_square.queries.festivals import festivals


@admin.register(GroupKind)
class GroupKindAdmin(PortalAdmin):
    list_display = ["title_zh", "title_en", "place"]
    fields = ["title_zh", "title_en", "place"]


@admin.register(Group)
class GroupAdmin(ListIn, ListOut, LookUpOnly):
    list_slug = "groups"
    ordering = ["title", "pk"]
    list_display = ["title", "kind", "standing", "taken", "capacity", "filing", "page"]
    list_filter = ["standing", "kind", "filing", "takes_children"]
    list_select_related = ["kind"]
    search_fields = ["title", "summary"]
    fields = [
        *("title", "kind", "summary", "introduction", "standing", "standing_reason"),
        *("standing_until", "joining", "takes_children", "capacity", "taken", "dues"),
        *("on_holidays", "sms_a_month", "filing", "filing_number", "filed_on", "filed_until"),
        "charter_on",
    ]

    @written_as(None)
    @admin.display(description=gettext_lazy("page"))
    def page(self, group: Group) -> str:
        url = reverse("happy_square:run", args=[group.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open the group"))


@admin.register(Leadership)
class LeadershipAdmin(LookUpOnly):
    list_display = ["group", "resident", "part", "since", "ended_at"]
    list_filter = ["part", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["group", "resident"]
    search_fields = ["resident__name_key__holds", "group__title"]
    search_help_text = gettext_lazy("Search by person or group")
    fields = [
        *("group", "resident", "part", "shows_phone", "since", "named_by", "reason"),
        *("ended_at", "ended_by"),
    ]


@admin.register(Membership)
class MembershipAdmin(ListIn, ListOut, LookUpOnly):
    """Grown-ups alone: children stand on their group's own page."""

    list_slug = "members"
    list_display = ["group", "resident", "since"]
    list_filter = ["group__kind", "since"]
    list_select_related = ["group", "resident"]
    search_fields = ["resident__name_key__holds", "group__title"]
    search_help_text = gettext_lazy("Search by person or group")
    fields = ["group", "resident", "since", "shows_phone", "added_by", "agreed_at"]

    def get_queryset(self, request: SignedInRequest) -> QuerySet[Membership]:
        grown = is_grown(local_day(local_now()), "resident__")
        return super().get_queryset(request).filter(grown)


@admin.register(MeetUp)
class MeetUpAdmin(ListIn, ListOut, LookUpOnly):
    list_slug = "meetups"
    list_display = ["occasion", "group", "confirmed_at", "guests", "note"]
    list_filter = [
        ("confirmed_at", admin.EmptyFieldListFilter),
        "group__kind",
        "occasion__starts_at",
    ]
    list_select_related = ["group", "occasion__activity"]
    search_fields = ["group__title", "note"]
    fields = [
        *("occasion", "group", "usual_day", "confirmed_at", "confirmed_by", "off_reason"),
        *("note", "guests", "counted_at", "counted_by"),
    ]


@admin.register(Festival)
class FestivalAdmin(LookUpOnly):
    ordering = ["title", "pk"]
    list_display = ["title", "when", "state", "needs_sign_up", "page"]
    list_filter = ["state"]
    search_fields = ["title"]
    fields = [
        *("title", "summary", "introduction", "state", "needs_sign_up", "capacity", "taken"),
        *("changing_minutes", "call_off_reason"),
    ]

    def get_queryset(self, request: SignedInRequest) -> QuerySet[Festival]:
        narrowed = super().get_queryset(request)
        return festivals().filter(pk__in=narrowed).order_by("-starts_at", "-pk")

    @admin.display(description=gettext_lazy("starts at"), ordering="starts_at")
    def when(self, festival: Festival) -> object:
        return festival.starts_at  # type: ignore[attr-defined]

    @written_as(None)
    @admin.display(description=gettext_lazy("planning"))
    def page(self, festival: Festival) -> str:
        url = reverse("happy_square:festival_order", args=[festival.pk])
        return format_html('<a href="{}">{}</a>', url, _("Prepare it"))


IN_ORDER = in_words("in_order", gettext_lazy("in order"))


@admin.register(Visit)
class VisitAdmin(LookUpOnly):
    list_display = ["group", "visited_at", "by"]
    list_filter = ["group__kind", "visited_at"]
    list_select_related = ["group", "by"]
    search_fields = ["group__title", "note"]
    fields = ["group", "visited_at", "by", IN_ORDER, "note"]
    readonly_fields = [IN_ORDER]


@admin.register(Finding)
class FindingAdmin(LookUpOnly):
    list_display = ["what", "group", "venue", "point", "due_on", "state"]
    list_filter = ["state", "point", "due_on"]
    list_select_related = ["group", "venue"]
    search_fields = ["what", "group__title"]
    fields = ["group", "venue", "visit", "point", "what", "due_on", "state", "found_at", "found_by"]
