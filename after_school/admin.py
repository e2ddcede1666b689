"""What staff and leads of the 4:30 school keep in the admin site: texts, checks, the logs."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from after_school.models import DayTopic
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_base import LookUpOnly, PortalAdmin
from diedie_edu.accounts.admin_words import CodesFilter
from diedie_edu.common.days import local_now, moment_text
from diedie_edu.people.access_pages import page_in_words
from diedie_edu.people.actions import clearances
from diedie_edu.people.models import ChildAccess, Clearance, Consent, ConsentText
from diedie_edu.programmes.models import RuleVersion


class KeptForGood(PortalAdmin):
    """Nothing is deleted here: what children's data rest on ends by its own date."""

    def has_delete_permission(self, request: SignedInRequest, obj: Model | None = None) -> bool:
        return False


class Versions(KeptForGood):
    """Texts: what nobody has changed is not written, so one that is only shown stays."""

    def save_model(
        self, request: SignedInRequest, obj: Model, form: ModelForm, change: bool
    ) -> None:
        if form.has_changed():
            super().save_model(request, obj, form, change)


@admin.register(ConsentText)
class ConsentTextAdmin(Versions):
    """A text that somebody has agreed to is shown, not changed; the database holds to it."""

    list_display = ["programme", "version", "in_force_from", "valid_days", "erase_days"]
    list_filter = ["programme"]

    def get_readonly_fields(self, request: SignedInRequest, obj: Any = None) -> list[str]:
        if obj is not None and obj.consents.exists():
            fields = ConsentText._meta.fields
            return [field.name for field in fields if field.editable and not field.primary_key]
        return []


@admin.register(RuleVersion)
class RuleVersionAdmin(LookUpOnly):
    """They are written and approved in the programme office."""

    list_display = ["programme", "number", "in_force_from", "confirm_by", "withdrawn_at"]
    list_select_related = ["programme"]


@admin.register(Consent)
class ConsentAdmin(LookUpOnly):
    """Given, withdrawn, erased: to look at. Children stand here by their number."""

    list_display = ["child_number", "text", "given_at", "valid_until", "way", "ending"]
    shown_by_number = ["child"]
    list_filter = ["way", "ending", "text", "given_at"]
    list_select_related = ["text"]
    fields = [
        *("child_number", "text", "given_at", "valid_until", "way", "paper_reference"),
        *("ended_at", "ending", "erased_at"),
    ]

    @admin.display(description=_("number of the child"), ordering="child")
    def child_number(self, consent: Consent) -> int:
        return consent.child_id

    @admin.display(description=_("child erased at"))
    def erased_at(self, consent: Consent) -> str:
        moment = consent.child.erased_at
        return moment_text(moment) if moment else "–"


class PageFilter(CodesFilter):
    label = staticmethod(page_in_words)


@admin.register(ChildAccess)
class ChildViewAdmin(LookUpOnly):
    list_display = ["at", "viewer", "child_number", "page_in_words", "is_refused", "reason"]
    list_filter = ["is_refused", ("page", PageFilter), "at"]
    list_select_related = ["viewer"]
    search_fields = ["child_number"]
    search_help_text = _("Search by the number of the child")
    fields = ["at", "viewer", "child_number", "page_in_words", "is_refused", "reason"]
    readonly_fields = ["page_in_words"]

    @admin.display(description=_("on which page"), ordering="page")
    def page_in_words(self, access: ChildAccess) -> str:
        return page_in_words(access.page)


@admin.register(Clearance)
class ClearanceAdmin(KeptForGood):
    """Result and dates only, no scans. Duties that a check carried are released with it."""

    list_display = ["volunteer", "result", "checked_on", "valid_until", "checked_by"]
    list_filter = ["result", "valid_until"]
    list_select_related = ["volunteer__resident", "checked_by"]
    search_fields = ["volunteer__resident__name_key__holds"]
    autocomplete_fields = ["volunteer"]
    fields = ["volunteer", "result", "checked_on", "valid_until"]

    def get_readonly_fields(self, request: SignedInRequest, obj: Any = None) -> list[str]:
        return ["volunteer", "checked_on"] if obj else []

    def save_model(
        self, request: SignedInRequest, obj: Clearance, form: ModelForm, change: bool
    ) -> None:
        """The actions write, so that duties are released in the same transaction."""
        to: dict[str, Any] = {
            "result": obj.result,
            "valid_until": obj.valid_until,
            "by": request.user,
        }
        if change:
            clearances.change_clearance(clearance=obj, now=local_now(), **to)
            return
        made = clearances.record_clearance(
            volunteer=obj.volunteer, checked_on=obj.checked_on, now=local_now(), **to
        )
        obj.pk = made.pk


@admin.register(DayTopic)
class DayTopicAdmin(KeptForGood):
    list_display = ["title_zh", "title_en", "position", "is_offered"]
