"""Documents to look up: what is owed and by when, and the versions of each."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUp, LookUpOnly, PortalInline
from diedie_edu.office.models import Document, Version


class VersionInline(LookUp, PortalInline):
    model = Version
    # The model keeps them out of every form.
    readonly_fields = ["number", "state", "total", "submitted_at", "approved_by", "approved_at"]
    fields = [*readonly_fields]
    show_change_link = True
    extra = 0


@admin.register(Document)
class DocumentAdmin(LookUpOnly):
    list_display = ["programme", "work", "span", "due_on"]
    list_filter = ["programme", "work"]
    date_hierarchy = "first_day"
    fields = ["programme", "work", "first_day", "last_day", "due_on"]
    inlines = [VersionInline]

    @admin.display(description=_("Period"), ordering="first_day")
    def span(self, document: Document) -> str:
        return document.period
