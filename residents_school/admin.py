"""Lectures to look up and review; planning and changing them has pages of its own."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.admin import LookUpOnly
from residents_school import queries
from residents_school.models import Lecture


@admin.register(Lecture)
class LectureAdmin(LookUpOnly):
    list_display = ["title", "topic", "when", "state", "taken", "capacity", "planning_page"]
    list_filter = ["state", "topic__area"]
    search_fields = ["title", "topic__title_zh", "partner__title"]
    search_help_text = gettext_lazy("Search by title, topic or partner")
    fields = [
        "title",
        "topic",
        "summary",
        "outline",
        "partner",
        "state",
        "capacity",
        "taken",
        "sign_up_opens_at",
        "sign_up_closes_at",
        "call_off_reason",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lecture]:
        """All of them, or none for leads of other programmes."""
        rows = queries.lectures().order_by("-starts_at", "-pk")
        return rows.filter(programme__slug__in=request.user.programmes(Permission.PLAN_ACTIVITIES))

    @admin.display(description=gettext_lazy("starts at"), ordering="starts_at")
    def when(self, lecture: Lecture) -> object:
        return lecture.starts_at

    @admin.display(description=gettext_lazy("planning"))
    def planning_page(self, lecture: Lecture) -> str:
        url = reverse("residents_school:lecture_change", args=[lecture.pk])
        return format_html('<a href="{}">{}</a>', url, _("Open the lecture"))
