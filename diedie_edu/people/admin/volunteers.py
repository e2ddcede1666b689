"""Volunteers with their kinds and skills."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_base import PortalAdmin, PortalInline, scopes_in
from diedie_edu.common.days import local_now
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.people.actions.residents import match_volunteer_roles
from diedie_edu.people.forms import FIND_LABEL, VolunteerForm
from diedie_edu.people.models import Resident, Skill, Volunteer, VolunteerKind
from diedie_edu.people.queries.finding import matching, named_like


class SkillsInline(PortalInline):
    model = Skill
    verbose_name_plural = _("skills by topic")
    autocomplete_fields = ["topic"]
    extra = 1


class KindFilter(admin.SimpleListFilter):
    """One person may be of several kinds and is counted under each."""

    title = _("volunteer kinds")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return VolunteerKind.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kinds__contains=[self.value()]) if self.value() else queryset


@admin.register(Volunteer)
class VolunteerAdmin(ListIn, ListOut, PortalAdmin):
    list_slug = "volunteers"
    form = VolunteerForm
    list_display = ["resident", "kinds_in_words", "skills_in_words", "is_active"]
    list_filter = [KindFilter, "is_active"]
    list_select_related = ["resident"]
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS  # plan 三(二): the kinds are counted
    search_fields = ["resident__name_key"]  # `get_search_results` says how
    search_help_text = FIND_LABEL
    raw_id_fields = ["resident"]
    inlines = [SkillsInline]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By phone and house number only for readers of the register: no other page shows them to
        whoever plans, and a search would tell them sign by sign."""
        if search_term.strip():
            everybody = Resident.objects.all()
            reads_register = scopes_in(request, "view", Resident)
            search = matching if reads_register else named_like
            queryset = queryset.filter(resident__in=search(everybody, search_term))
        return queryset, False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("topics")

    @admin.display(description=_("volunteer kinds"))
    def kinds_in_words(self, volunteer: Volunteer) -> str:
        return _(", ").join(volunteer.kind_labels)

    @admin.display(description=_("skills by topic"))
    def skills_in_words(self, volunteer: Volunteer) -> str:
        return _(", ").join(topic.title for topic in volunteer.topics.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Service belongs to one person and does not wander."""
        return ["resident"] if obj else []

    def save_model(
        self, request: SignedInRequest, volunteer: Volunteer, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, volunteer, form, change)
        _match_roles(request, [volunteer.resident_id])

    def delete_model(self, request: SignedInRequest, volunteer: Volunteer) -> None:
        super().delete_model(request, volunteer)
        _match_roles(request, [volunteer.resident_id])

    def delete_queryset(self, request: SignedInRequest, queryset: QuerySet) -> None:
        residents = list(queryset.values_list("resident_id", flat=True))
        super().delete_queryset(request, queryset)
        _match_roles(request, residents)


def _match_roles(request: SignedInRequest, residents: list[int]) -> None:
    match_volunteer_roles(residents=residents, by=request.user, now=local_now())
