"""Residents, their households, and who answers for whom."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_base import LastingAdmin, PortalAdmin, PortalInline
from diedie_edu.common.days import local_now
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.people.actions.erasing import erase_now
from diedie_edu.people.actions.residents import delete_guardianship, note_custody
from diedie_edu.people.admin.lists import masked_phone
from diedie_edu.people.forms import FIND_LABEL, PhoneForm, ResidentForm
from diedie_edu.people.models import Guardianship, Household, Resident, Volunteer
from diedie_edu.people.queries.finding import matching


class MembersInline(PortalInline):
    model = Resident
    verbose_name_plural = _("Members of the household")
    fields = ["full_name", "birth_date", masked_phone, "residency"]  # type: ignore[list-item]
    readonly_fields = fields  # type: ignore[assignment]
    show_change_link = True
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Somebody joins a household on their own page."""
        return False


@admin.register(Household)
class HouseholdAdmin(PortalAdmin):
    form = PhoneForm
    list_display = ["label", "address", masked_phone]
    search_fields = ["label", "address"]
    inlines = [MembersInline]


class BondInline(PortalInline):
    """Here bonds are added; changed and taken out on their own page."""

    model = Guardianship
    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class GuardiansInline(BondInline):
    fk_name = "child"
    verbose_name_plural = _("Guardians of this person")
    raw_id_fields = ["guardian"]


class WardsInline(BondInline):
    fk_name = "guardian"
    verbose_name_plural = _("Children this person answers for")
    raw_id_fields = ["child"]


class ServesFilter(admin.SimpleListFilter):
    title = _("volunteer")
    parameter_name = "serves"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(volunteer__isnull=self.value() == "no")


@admin.register(Resident)
class ResidentAdmin(ListIn, ListOut, LastingAdmin):
    list_slug = "residents"
    form = ResidentForm
    list_display = [
        "full_name",
        "gender",
        "year_of_birth",
        masked_phone,
        "residency",
        "household",
        "serves",
    ]
    list_filter = ["residency", ServesFilter]
    list_select_related = ["household"]
    list_per_page = 50
    search_fields = ["name_key"]  # `get_search_results` says how
    search_help_text = FIND_LABEL
    autocomplete_fields = ["household"]
    readonly_fields = ["account", "created_at"]
    inlines = [GuardiansInline, WardsInline]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return matching(queryset, search_term) if search_term.strip() else queryset, False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whoever has an account has its phone, which is changed on the site with a message to both
        numbers."""
        has_account = obj is not None and obj.account_id is not None
        return [*self.readonly_fields, *(["phone"] if has_account else [])]

    def save_formset(
        self, request: SignedInRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        super().save_formset(request, form, formset, change)
        for bond in formset.new_objects:
            note_custody(bond, by=request.user, now=local_now())

    def delete_model(self, request: SignedInRequest, resident: Resident) -> None:
        erase_now(resident=resident, by=request.user, now=local_now())

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        serves = Exists(Volunteer.objects.filter(resident=OuterRef("pk")))
        return super().get_queryset(request).annotate(has_volunteer=serves)

    @admin.display(description=_("year of birth"), ordering="birth_date")
    def year_of_birth(self, resident: Resident) -> str:
        return str(resident.birth_date.year) if resident.birth_date else ""

    @admin.display(description=_("volunteer"))
    def serves(self, resident: Resident) -> str:
        return _("yes") if resident.has_volunteer else ""  # type: ignore[attr-defined, return-value]


@admin.register(Guardianship)
class GuardianshipAdmin(PortalAdmin):
    list_display = ["child", "guardian", "relation"]
    columns_shown = ["child_number", "guardian", "relation"]
    shown_by_number = ["child"]
    list_filter = ["relation"]
    list_select_related = ["child", "guardian"]
    ordering = ["child__sort_key", "id"]
    search_fields = ["child__name_key__holds", "guardian__name_key__holds"]
    raw_id_fields = ["child", "guardian"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["child", "guardian"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One by one, from the row's own page."""
        return obj is not None and super().has_delete_permission(request, obj)

    def save_model(
        self, request: SignedInRequest, bond: Guardianship, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, bond, form, change)
        note_custody(bond, by=request.user, now=local_now())

    def delete_model(self, request: SignedInRequest, bond: Guardianship) -> None:
        delete_guardianship(bond=bond, by=request.user, now=local_now())

    @admin.display(description=_("number of the child"))
    def child_number(self, bond: Guardianship) -> int:
        return bond.child_id
