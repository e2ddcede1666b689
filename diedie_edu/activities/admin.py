"""Rooms, special days and reminder times; sign-ups and attendance to look up.

Sign-ups are read only here: a seat changes hands by the actions alone, which keep the count,
the queue and the messages right.
"""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm, TypedMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import (
    Attendance,
    AttendanceUndone,
    Certificate,
    ExcusedAbsence,
    ReminderTime,
    SignUp,
    SpecialDay,
    Venue,
)
from diedie_edu.common.days import SpecialDayKind
from diedie_edu.common.exchange import ListAdminMixin, ListResource
from diedie_edu.common.spreadsheets import Column, Kind
from diedie_edu.notices.models import Channel
from diedie_edu.people.admin.lists import MovedByList


class LookUpOnly(admin.ModelAdmin):
    """Rows that only actions write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class VenueResource(ListResource):
    class Meta(ListResource.Meta):
        model = Venue
        import_id_fields = ["title_zh"]
        fields = ["title_zh", "title_en", "places", "address", "is_open"]


@admin.register(Venue)
class VenueAdmin(ListAdminMixin, admin.ModelAdmin):
    resource_classes = [VenueResource]
    list_display = ["title_zh", "title_en", "places", "is_open"]
    fields = ["title_zh", "title_en", "places", "address", "is_open"]

    def list_columns(self) -> Sequence[Column]:
        return [
            Column("title_zh", ("场地", "Venue", "名称"), required=True, max_length=60),
            Column("title_en", ("英文名称", "Name in English"), max_length=90),
            Column("places", ("可容纳人数", "Places", "容量"), Kind.INTEGER),
            Column("address", ("地址", "Address"), max_length=120),
            Column("is_open", ("可安排活动", "Can be booked"), Kind.BOOLEAN),
        ]


class SpecialDayResource(ListResource):
    class Meta(ListResource.Meta):
        model = SpecialDay
        import_id_fields = ["day"]
        fields = ["day", "kind", "reason"]


@admin.register(SpecialDay)
class SpecialDayAdmin(ListAdminMixin, admin.ModelAdmin):
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
            Column("day", ("日期", "Day"), Kind.DATE, required=True),
            Column("kind", ("类型", "Kind of day"), Kind.CHOICE, choices=kinds, required=True),
            Column("reason", ("原因", "Reason", "说明"), max_length=60),
        ]


class ReminderTimeForm(ModelForm):
    channels = TypedMultipleChoiceField(
        label=_("channels"), choices=Channel, widget=CheckboxSelectMultiple
    )

    class Meta:
        model = ReminderTime
        fields = [
            "programme",
            "audience",
            "days_before",
            "at_time",
            "minutes_before",
            "channels",
            "is_on",
        ]


@admin.register(ReminderTime)
class ReminderTimeAdmin(admin.ModelAdmin):
    form = ReminderTimeForm
    list_display = ["__str__", "programme", "audience", "is_on"]
    list_filter = ["programme", "audience"]
    list_select_related = ["programme"]


@admin.register(SignUp)
class SignUpAdmin(MovedByList, LookUpOnly):
    moved_kind = "signups"
    list_display = ["resident", "activity", "status", "signed_up_at"]
    list_filter = ["status", "activity__programme"]
    list_select_related = ["resident", "activity"]
    search_fields = ["resident__full_name", "activity__title"]
    search_help_text = _("Search by person or activity")
    date_hierarchy = "signed_up_at"
    fields = [
        "activity",
        "resident",
        "status",
        "signed_up_at",
        "seated_at",
        "cancelled_at",
        "signed_up_by",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignUp]:
        """Those of the programmes whose register the reader keeps."""
        rows = super().get_queryset(request).order_by("-signed_up_at", "-id")
        return rows.filter(activity__programme__slug__in=_registers(request))


class OfAnOccasion(LookUpOnly):
    """Rows about somebody at an occasion, of the programmes whose register the reader keeps."""

    list_select_related = ["resident", "occasion__activity"]
    search_fields = ["resident__full_name", "occasion__activity__title"]
    search_help_text = _("Search by person or activity")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.filter(occasion__activity__programme__slug__in=_registers(request))


@admin.register(Attendance)
class AttendanceAdmin(MovedByList, OfAnOccasion):
    moved_kind = "attendance"
    list_display = ["resident", "occasion", "arrived_at", "how", "is_extra"]
    list_filter = ["how", "is_extra"]
    fields = ["occasion", "resident", "arrived_at", "how", "is_extra", "reason", "recorded_by"]


@admin.register(AttendanceUndone)
class AttendanceUndoneAdmin(OfAnOccasion):
    list_display = ["resident", "occasion", "undone_at", "undone_by"]
    fields = [
        "occasion",
        "resident",
        "arrived_at",
        "how",
        "recorded_by",
        "undone_at",
        "undone_by",
    ]


@admin.register(ExcusedAbsence)
class ExcusedAbsenceAdmin(OfAnOccasion):
    list_display = ["resident", "occasion", "reason", "excused_by", "excused_at"]
    fields = ["occasion", "resident", "reason", "excused_by", "excused_at"]


@admin.register(Certificate)
class CertificateAdmin(LookUpOnly):
    list_display = ["number", "full_name", "first_day", "last_day", "issued_at", "revoked_at"]
    list_filter = ["kind", "year"]
    search_fields = ["number", "full_name"]
    fields = [
        "number",
        "full_name",
        "first_day",
        "last_day",
        "minutes",
        "occasions",
        "topics",
        "issued_at",
        "public_until",
        "revoked_at",
        "revoked_by",
        "revoke_reason",
    ]


def _registers(request: HttpRequest) -> list[str]:
    return request.user.programmes(Permission.KEEP_REGISTER)
