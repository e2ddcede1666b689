"""Reminder times; sign-ups and attendance to look up.

Sign-ups are read only here: a seat changes hands by the actions alone, which keep the count,
the queue and the messages right.
"""

from django.contrib import admin
from django.forms import CheckboxSelectMultiple, TypedMultipleChoiceField
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUpOnly, PortalAdmin
from diedie_edu.activities.models import (
    Attendance,
    AttendanceUndone,
    ExcusedAbsence,
    ReminderTime,
    SignUp,
)
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.notices.models import TO_PEOPLE


class ReminderTimeForm(EditModelForm):
    channels = TypedMultipleChoiceField(
        label=_("channels"), choices=TO_PEOPLE, widget=CheckboxSelectMultiple
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
class ReminderTimeAdmin(PortalAdmin):
    form = ReminderTimeForm
    list_display = ["__str__", "programme", "audience", "is_on"]
    list_filter = ["programme", "audience"]
    list_select_related = ["programme"]


@admin.register(SignUp)
class SignUpAdmin(ListOut, LookUpOnly):
    list_slug = "signups"
    list_display = ["resident", "activity", "status", "signed_up_at"]
    list_filter = ["status", "activity__programme", "signed_up_at"]
    list_select_related = ["resident", "activity"]
    search_fields = ["resident__name_key__holds", "activity__title"]
    search_help_text = _("Search by person or activity")
    ordering = ["-signed_up_at", "-id"]
    fields = [
        "activity",
        "resident",
        "status",
        "signed_up_at",
        "seated_at",
        "cancelled_at",
        "signed_up_by",
    ]


class OfAnOccasion(LookUpOnly):
    """Rows about somebody at an occasion."""

    ordering = ["-pk"]
    list_select_related = ["resident", "occasion__activity"]
    search_fields = ["resident__name_key__holds", "occasion__activity__title"]
    search_help_text = _("Search by person or activity")


@admin.register(Attendance)
class AttendanceAdmin(ListIn, OfAnOccasion):
    list_slug = "attendance"
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
