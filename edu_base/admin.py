"""Colleges, years of schemes and classes are kept here; applications are looked up, and worked with
on pages of their own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import LookUpOnly, PortalAdmin, PortalInline
from edu_base.forms.schemes import IntakeForm, SchemeYearForm
from edu_base.models import Application, College, Intake, Major, SchemeYear


class MajorsInline(PortalInline):
    model = Major
    extra = 1


@admin.register(College)
class CollegeAdmin(PortalAdmin):
    list_display = ["title_zh", "title_en", "note"]
    search_fields = ["title_zh", "title_en"]
    fields = ["title_zh", "title_en", "note"]
    inlines = [MajorsInline]


class OfAYear(PortalAdmin):
    """What it belongs to is said once: applications carry it."""

    said_once: tuple[str, ...]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*(self.said_once if obj else ()), *self.readonly_fields]


@admin.register(SchemeYear)
class SchemeYearAdmin(OfAYear):
    form = SchemeYearForm
    said_once = ("scheme", "year")
    list_display = ["scheme", "year", "target", "allotted", "places", "taken"]
    list_filter = ["scheme", "year"]
    readonly_fields = ["taken", "allotted"]
    fields = [
        *("scheme", "year", ("target", "allotted"), ("places", "taken"), "allotments_end_on"),
        "counts_elsewhere",
    ]


@admin.register(Intake)
class IntakeAdmin(OfAYear):
    form = IntakeForm
    said_once = ("scheme_year",)
    list_display = ["title_zh", "scheme", "year", "places", "taken", "opens_on", "closes_on"]
    list_filter = ["scheme", "year"]
    search_fields = ["title_zh", "title_en"]
    readonly_fields = ["taken"]
    fields = [
        *("scheme_year", ("title_zh", "title_en"), "college", "majors", ("places", "taken")),
        *(("opens_on", "closes_on"), ("min_age", "max_age", "age_counts_on"), "schoolings"),
        *("belongings", "residence_proof", "months_employed", ("study_years", "fee")),
        *("has_interview", "two_reviewers", ("announce_days", "offer_days")),
    ]


@admin.register(Application)
class ApplicationAdmin(LookUpOnly):
    """Without numbers, addresses and words: those stand on the page of the application, where
    each look is written down."""

    list_display = ["person", "intake", "state", "state_since", "rank", "origin"]
    list_filter = ["state", "scheme", "year", "origin", "intake"]
    list_select_related = ["person", "intake"]
    search_fields = ["person__name_key__holds"]
    search_help_text = _("Search by name")
    fields = [
        *("intake", "person", "guardian", "origin", "paper_reference", "made_by", "made_at"),
        *("state", "state_since", "submitted_at", "rank", "dwelling", "dwelling_seen_by"),
        *("dwelling_seen_at", "stopped_at", "offer_ends_at", "erased_at"),
    ]
