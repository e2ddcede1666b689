"""Where branch leads keep what the programmes are."""

from django.contrib import admin
from django.http import HttpRequest

from diedie_edu.accounts.admin_base import PortalAdmin, PortalInline
from diedie_edu.programmes.models import Lead, Programme, Responsibility, Statement


class StatementInline(PortalInline):
    model = Statement
    fields = ["kind", "clause", "text_zh", "text_en", "position"]
    extra = 0


class LeadInline(PortalInline):
    model = Lead
    fields = ["full_name", "account", "position"]
    autocomplete_fields = ["account"]
    extra = 0


class ResponsibilityInline(PortalInline):
    model = Responsibility
    fields = ["work", "note_zh", "note_en"]
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(PortalAdmin):
    """The plan's four; there is an app to each, so none is added or deleted here."""

    list_display = ["title_zh", "title_en", "position"]
    fields = ["title_zh", "title_en", "slug", "summary_zh", "summary_en", "position"]
    readonly_fields = ["slug"]  # roles and rules know the programme by it
    inlines = [LeadInline, ResponsibilityInline, StatementInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
