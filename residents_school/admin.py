"""Lectures, surveys and wishes to look up; working with them has pages of its own.

Answers are in no list: what people said is shown in numbers alone.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_base import LookUpOnly, seen_by
from diedie_edu.accounts.admin_out import written_as
from diedie_edu.accounts.admin_words import in_words
from diedie_edu.lists.admin import ListIn, ListOut
from residents_school.models import Invitation, Lecture, LectureSeries, Survey, Wish
from residents_school.queries.lectures import lectures


@admin.register(Lecture)
class LectureAdmin(ListIn, ListOut, LookUpOnly):
    list_slug = "lectures"
    list_display = [
        "title",
        "topic",
        "teaching_form",
        "when",
        "state",
        "taken",
        "capacity",
        "planning_page",
    ]
    list_filter = ["state", "teaching_form", "topic__area"]
    search_fields = ["title", "topic__title_zh", "partner__title"]
    search_help_text = gettext_lazy("Search by title, topic or partner")
    fields = [
        "title",
        "topic",
        "teaching_form",
        "summary",
        "outline",
        "partner",
        "state",
        "capacity",
        "taken",
        "sign_up_opens_at",
        "sign_up_closes_at",
        "min_age",
        "max_age",
        "residents_only",
        "call_off_reason",
    ]

    def get_queryset(self, request: SignedInRequest) -> QuerySet[Lecture]:
        return seen_by(request, lectures().order_by("-starts_at", "-pk"))

    @admin.display(description=gettext_lazy("starts at"), ordering="starts_at")
    def when(self, lecture: Lecture) -> object:
        return lecture.starts_at  # type: ignore[attr-defined]

    @written_as(None)
    @admin.display(description=gettext_lazy("planning"))
    def planning_page(self, lecture: Lecture) -> str:
        url = reverse("residents_school:lecture_change", args=[lecture.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open the lecture"))


WEEKDAYS = in_words("weekdays", gettext_lazy("days of the week"))


@admin.register(LectureSeries)
class LectureSeriesAdmin(LookUpOnly):
    list_display = ["title", "first_day", "weeks", "starts", "ends", "planning_page"]
    search_fields = ["title"]
    date_hierarchy = "first_day"
    fields = [
        "title",
        "first_day",
        WEEKDAYS,
        "weeks",
        "starts",
        "ends",
        "on_clash",
        "created_by",
        "created_at",
    ]
    readonly_fields = [WEEKDAYS]

    @written_as(None)
    @admin.display(description=gettext_lazy("planning"))
    def planning_page(self, series: LectureSeries) -> str:
        url = reverse("residents_school:season", args=[series.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open the series"))


FORMS = in_words("forms", gettext_lazy("forms of teaching to choose from"))
TIMES = in_words("times", gettext_lazy("times to choose from"))


@admin.register(Survey)
class SurveyAdmin(LookUpOnly):
    list_display = ["title", "opens_on", "closes_on", "is_published", "results_at", "planning_page"]
    list_filter = ["is_published"]
    search_fields = ["title"]
    date_hierarchy = "opens_on"
    fields = [
        "title",
        "introduction",
        "audience",
        "opens_on",
        "closes_on",
        FORMS,
        TIMES,
        "is_published",
        "results_at",
    ]
    readonly_fields = [FORMS, TIMES]

    @written_as(None)
    @admin.display(description=gettext_lazy("planning"))
    def planning_page(self, survey: Survey) -> str:
        url = reverse("residents_school:survey_change", args=[survey.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open the survey"))


@admin.register(Wish)
class WishAdmin(LookUpOnly):
    list_display = ["topic", "resident", "wished_at", "answered_by"]
    list_filter = [("answered_by", admin.EmptyFieldListFilter), "topic__area", "topic", "wished_at"]
    list_select_related = ["topic", "resident", "answered_by"]
    search_fields = ["resident__name_key__holds", "topic__title_zh", "topic__title_en"]
    search_help_text = gettext_lazy("Search by person or topic")
    fields = ["topic", "resident", "wished_at", "answered_by"]


@admin.register(Invitation)
class InvitationAdmin(LookUpOnly):
    list_display = ["volunteer", "lecture", "state", "invited_at", "answered_at"]
    list_filter = ["state", "invited_at"]
    list_select_related = ["volunteer__resident", "lecture"]
    search_fields = ["volunteer__resident__name_key__holds", "lecture__title"]
    search_help_text = gettext_lazy("Search by person or activity")
    fields = [
        "lecture",
        "volunteer",
        "state",
        "note",
        "proposed_days",
        "word",
        "invited_by",
        "invited_at",
        "answered_at",
    ]
