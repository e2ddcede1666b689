"""Where branch leads keep what the programmes are."""

from django.contrib import admin

from diedie_edu.programmes.models import Lead, Programme, Responsibility, Statement


class StatementInline(admin.TabularInline):
    model = Statement
    fields = ["kind", "clause", "text_zh", "text_en", "position"]
    extra = 0


class LeadInline(admin.TabularInline):
    model = Lead
    fields = ["full_name", "account", "position"]
    autocomplete_fields = ["account"]
    extra = 0


class ResponsibilityInline(admin.TabularInline):
    model = Responsibility
    fields = ["work", "note_zh", "note_en"]
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ["title_zh", "title_en", "position"]
    fields = ["title_zh", "title_en", "slug", "summary_zh", "summary_en", "position"]
    inlines = [LeadInline, ResponsibilityInline, StatementInline]
