"""Requests and deputies to look up: who asked and decided what and when, never what was asked."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import LookUp, LookUpOnly, PortalInline
from diedie_edu.decisions.models import Deputy, Request, Step


class StepInline(LookUp, PortalInline):
    model = Step
    fields = ["number", "what", "at", "by", "acting_for"]
    extra = 0


@admin.register(Request)
class RequestAdmin(LookUpOnly):
    list_display = ["id", "kind", "programme", "asked_by", "state", "due_on", "decided_by"]
    list_filter = ["state", "kind", "programme"]
    date_hierarchy = "submitted_at"
    search_fields = ["asked_by__display_name", "decided_by__display_name"]
    list_select_related = ["asked_by", "decided_by"]
    fields = [
        *("kind", "programme", "subject", "asked_by", "state", "submitted_at", "due_on"),
        *("remind_on", "decided_by", "decided_for", "decided_at", "erased_at"),
    ]
    inlines = [StepInline]


@admin.register(Deputy)
class DeputyAdmin(LookUpOnly):
    list_display = ["account", "deputy", "first_day", "last_day", "named_by", "ended_at"]
    date_hierarchy = "first_day"
    list_select_related = ["account", "deputy", "named_by"]
